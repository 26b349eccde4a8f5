"""Secrets in command lines: options of programs that are known to take one, by the programs' manuals."""

from __future__ import annotations

from fargate_lint.lint.mask.names import HARMLESS_HEADERS, LIKELY, level
from fargate_lint.lint.mask.values import is_random, is_reference
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    #: A word, and where it stands in its text.
    Word = tuple[str, int]

#: What programs take secrets with. `-p X`: the next word; `-pX`: the rest of the word; `U:X`: behind
#: the first colon; a word without a dash: an argument that comes before, and then the secret in the
#: place of X. Sources: each program's manual page.
OPTIONS = {
    "mysql mysqladmin mysqldump mysqlcheck mysqlimport mysqlshow mysqlsh mysqlpump mysqlslap mysqlbinlog mariadb"
    " mariadb-admin mariadb-dump mariadb-check mycli mytop mysqld_safe": ("-pX",),
    "mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop mongofiles": ("-pX", "-p X"),
    "redis-cli valkey-cli keydb-cli": ("-a X", "-aX", "AUTH X", "auth X", "requirepass X", "masterauth X"),
    "sshpass": ("-p X", "-pX"),
    "curl": ("-u U:X", "-uU:X", "-U U:X", "-UU:X", "-b X", "-bX", "-H H", "-HH", "--header H", "-E U:X"),
    "wget": ("--header H",),
    "http https xh httpie": ("-a U:X", "-aU:X"),
    "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ldapcompare ldapmodrdn": ("-w X", "-wX", "-s X", "-a X"),
    "docker podman nerdctl buildah oras crane skopeo helm regctl": ("login -p X", "login -pX"),
    "az cf oc twine influx cqlsh cypher-shell rabbitmqadmin pscp plink psftp couchbase-cli cbq arangosh"
    " elasticsearch-users clickhouse-client trino nats crate kinit net": ("-p X", "-pw X"),
    "sqlcmd bcp isql mosquitto_pub mosquitto_sub ipmitool unzip zip tsql osql ab kcat": ("-P X", "-PX", "-A U:X", "-P U:X"),
    "7z 7za 7zr unrar rar": ("-pX", "-hpX"),
    "snmpget snmpwalk snmpset snmpbulkwalk snmpstatus": ("-A X", "-X X", "-c X"),
    "etcdctl": ("--user U:X",),
    "openssl": ("-k X", "-K X", "-passin U:X", "-passout U:X", "-pass U:X"),
    "smbclient smbget rpcclient": ("-U U%X",),
    "rabbitmqctl": ("add_user - X", "change_password - X", "authenticate_user - X"),
    "vault": ("login X", "unseal X", "token= X"),
    "mc": ("set - - - X", "add - - - X"),
    "htpasswd": ("-b - - X", "-nb - X", "-nbB - X", "-bn - X", "-bc - - X", "-bB - - X", "-bcB - - X", "-nbm - X"),
    "neo4j-admin": ("set-initial-password X",),
    "grafana-cli grafana": ("reset-admin-password X",),
    "aws": ("set aws_secret_access_key X", "set aws_session_token X", "set aws_access_key_id X"),
    "git": ("http.extraheader X", "http.extraHeader X"),
    "gpg gpg2": ("--passphrase X",),
    "lftp ncftp ftp": ("-u U,X", "-p X"),
    "redis-server valkey-server": ("requirepass X", "masterauth X"),
    "redis-sentinel": ("auth-pass - X",),
    "ngrok": ("authtoken X", "add-authtoken X"),
    "impacket-smbclient crackmapexec": ("-p X",),
    "argocd": ("--password X",),
}  # fmt: skip
#: Options of any program whose value is `user:password`.
PAIRS = frozenset({
    "u", "user", "userpass", "auth", "http-auth", "basic-auth", "proxy-user", "creds", "credentials", "src-creds",
    "dest-creds", "basicauth", "http-user", "auth-user", "login", "userpwd", "http_auth", "sasl-auth", "web.auth",
})  # fmt: skip
# The beginnings of programs' names, looked for before anything is taken apart.
WORD = lazily(r"(?:[^\s\"'|;&\\]|\"(?:[^\"\\]|\\.)*\"|'[^']*'|\\.|[\"'\\])+|[|;&]+")
ENDS = frozenset("|;&")
#: A text without any of these has no secret in a command, unless a line begins with a dash.
MARKS = (
    " -", "redis-cli ", "valkey-cli ", "vault ", "rabbitmqctl ", "htpasswd ", "mc ", "aws ", "neo4j-admin ",
    "grafana-cli ", "ngrok ", "chpasswd",
)  # fmt: skip
# A command that a word quotes: `sh -c "…"`.
QUOTED = lazily(r"(?P<quote>[\"'])(?P<inside>[^\s\"'][^\n]* -[^\n]*)(?P=quote)")
#: Quotes within quotes that are looked into.
DEEPEST = 3
#: Options and programs that read a secret from what is written into them, and the programs that write.
READERS = frozenset(
    {
        "--password-stdin",
        "--passphrase-fd",
        "--token-stdin",
        "--with-token",
        "-pass-stdin",
        "chpasswd",
    }
)
WRITERS = frozenset({"echo", "printf"})
#: Words of one command that are looked at.
MOST = 400

_programs: dict[str, tuple[str, ...]] = {}


def programs() -> dict[str, tuple[str, ...]]:
    """The options with secrets by the name of the program."""
    if not _programs:
        _programs.update(
            (name, options) for names, options in OPTIONS.items() for name in names.split()
        )
    return _programs


def in_text(text: str, depth: int = DEEPEST) -> Iterator[tuple[int, int]]:
    """Where secrets stand in a text that has commands, as for a shell, and in what it quotes."""
    words: list[Word] = []
    before: list[Word] = []
    for match in WORD.finditer(text):
        if match[0][0] in ENDS:
            yield from _in_words(words, before)
            words, before = [], words if match[0] == "|" else []
        elif len(words) < MOST:
            words.append((match[0], match.start()))
            quoted = QUOTED.search(match[0]) if depth else None
            if quoted is not None:
                offset = match.start() + quoted.start("inside")
                for start, end in in_text(quoted["inside"], depth - 1):
                    yield offset + start, offset + end
    yield from _in_words(words, before)


def in_list(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where secrets stand in the words of a command: which word, from where, to where."""
    starts = {}
    offset = 0
    spaced = []
    for index, word in enumerate(words[:MOST]):
        starts[offset] = index
        spaced.append((word, offset))
        offset += len(word) + 1
    begins = sorted(starts)
    for start, end in _in_words(spaced):
        base = max(begin for begin in begins if begin <= start)
        yield starts[base], start - base, end - base


def _in_words(words: list[Word], before: Sequence[Word] = ()) -> Iterator[tuple[int, int]]:
    if not words:
        return
    if any(word in READERS for word, _ in words):
        yield from _read(words, before)
    options: list[str] = []
    known = programs()
    for index, (word, start) in enumerate(words):
        bare = word.strip("\"'`()$")
        name = bare.rpartition("/")[2]
        if name in known:
            options = [*known[name]]
            continue
        if word.startswith("-"):
            yield from _option(words, index)
        for option in options:
            yield from _taken(option, words, index)
        if (
            len(bare) > 7
            and bare.startswith("-p")
            and bare[2] not in "-="
            and is_random(bare[2:].removeprefix("="))
        ):
            yield from _span(word, start, 2 + len(word) - len(word.lstrip("\"'`")))


def _read(words: list[Word], before: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """What a program reads: `echo X | PROGRAM`, `PROGRAM <<< X`."""
    names = [word.rpartition("/")[2] for word, _ in before]
    for index, (word, start) in enumerate(before):
        if not WRITERS.isdisjoint(names[:index]) and word[:1] != "-" and "%" not in word:
            yield from _span(word, start, 0)
    for index, (word, start) in enumerate(words):
        if word.startswith("<<<"):
            yield from _span(word, start, 3)
        elif index and words[index - 1][0] == "<<<":
            yield from _span(word, start, 0)


def _option(words: list[Word], index: int) -> Iterator[tuple[int, int]]:
    """An option of any program: `--auth user:password`, `--user=user:password`."""
    word, start = words[index]
    name, equals, value = word.lstrip("-").partition("=")
    if not equals and (name.lower() in PAIRS or level(name) >= LIKELY) and index + 1 < len(words):
        value, start = words[index + 1]
        if value.startswith("-"):
            return
    elif equals:
        start += len(word) - len(value)
    else:
        return
    if name.lower() in PAIRS:
        yield from _pair(value, start, ":", lenient=name.lower() not in {"u", "user", "login"})


def _taken(option: str, words: list[Word], index: int) -> Iterator[tuple[int, int]]:
    """What an option of a known program takes, if this word is the option."""
    steps = option.split(" ")
    word, start = words[index]
    if len(steps) == 1:
        flag, form = (option[:2], option[2:]) if option[1] != "h" else (option[:3], option[3:])
        if word.startswith(flag) and len(word) > len(flag) and not word.startswith("--"):
            yield from _as(form, word[len(flag) :], start + len(flag))
        return
    if word != steps[0]:
        return
    if steps[0] == "login" and len(steps) == 3:
        for later in range(index + 1, len(words)):
            yield from _taken(" ".join(steps[1:]), words, later)
            yield from _taken("".join(steps[1:]), words, later) if steps[1] == "-pX" else ()
        return
    place = index + len(steps) - 1
    if any(
        step not in {"-", words[index + at][0]}
        for at, step in enumerate(steps[1:-1], 1)
        if index + at < len(words)
    ):
        return
    if place < len(words):
        value, start = words[place]
        if steps[0] == "login" and value.startswith("-"):
            return
        yield from _as(steps[-1], value, start)


def _as(form: str, value: str, start: int) -> Iterator[tuple[int, int]]:
    """The secret in the value of an option: X all of it, U:X behind a colon, H a header."""
    if form == "X":
        yield from _span(value, start, 0)
    elif form == "H":
        name, colon, rest = value.partition(":")
        header = name.strip("\"' ")
        if colon and (
            level(header) >= LIKELY
            or (header.lower() not in HARMLESS_HEADERS and is_random(rest.strip(" \"'")))
        ):
            yield from _span(value, start, len(name) + 1 + len(rest) - len(rest.lstrip()))
    else:
        yield from _pair(value, start, form[1:2], lenient=True)


def _pair(value: str, start: int, sign: str, *, lenient: bool) -> Iterator[tuple[int, int]]:
    name, found, rest = value.partition(sign)
    bare = rest.strip("\"'`")
    if found and bare and not name.endswith("//") and (lenient or not bare.isdigit()):
        yield from _span(value, start, len(name) + 1)


def _span(value: str, start: int, begin: int) -> Iterator[tuple[int, int]]:
    """The rest of a word without its quotes, unless that refers to a secret."""
    end = len(value)
    while begin < end and value[begin] in "\"'`":
        begin += 1
    while end > begin and value[end - 1] in "\"'`":
        end -= 1
    if begin < end and not is_reference(value[begin:end]):
        yield start + begin, start + end
