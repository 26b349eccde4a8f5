"""Names of secrets: what the name of a variable, option, member or header says about its value.

A name is read word by word, and the last word that carries meaning decides: `DB_TOKEN` holds a
token, `TOKEN_ISSUER` an issuer. The words are those that detect-secrets (`plugins/keyword.py`),
gitleaks (`generic-api-key`) and the vendors' documentation name.
"""

from __future__ import annotations

from fargate_lint.source.patterns import lazily

#: What a name says: nothing; secret if the value is random; secret unless the value is plainly a
#: setting; secret.
NOTHING, RANDOM, LIKELY, SECRET = range(4)

WORD = lazily(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
LEVELS = {
    **dict.fromkeys(
        "password passwd passwort passcode passphrase pass pswd pwd pw secret token credential credentials"
        " creds cred apikey appkey authkey pin otp totp pepper salt mnemonic bearer netrc htpasswd pgpass cookie"
        " dockercfg dockerconfigjson authorization userpass kennwort".split(),
        SECRET,
    ),
    **dict.fromkeys(
        "auth secrets tokens passwords cookies jwt sas session hmac signing signature seed license licence"
        " dsn webhook pat privkey keystring".split(),
        LIKELY,
    ),
    **dict.fromkeys(("key", "keys", "bind", "cipher", "encryption", "sessid", "sessionid"), RANDOM),
}
#: Ends of words written together, such as `PGPASSWORD`.
ENDS = (
    ("password", SECRET), ("passwd", SECRET), ("passphrase", SECRET), ("passcode", SECRET),
    ("secret", SECRET), ("token", SECRET), ("apikey", SECRET), ("appkey", SECRET), ("accesskey", SECRET),
    ("secretkey", SECRET), ("privatekey", SECRET), ("licensekey", SECRET), ("authkey", SECRET),
    ("sharedkey", SECRET), ("accountkey", SECRET), ("signingkey", SECRET), ("encryptionkey", SECRET),
    ("masterkey", SECRET), ("registrationkey", SECRET), ("integrationkey", SECRET), ("credentials", SECRET),
    ("pass", SECRET), ("pwd", SECRET), ("pw", SECRET), ("auth", LIKELY), ("webhook", LIKELY), ("key", RANDOM),
    ("sessionid", RANDOM), ("sessid", RANDOM),
)  # fmt: skip
ENDINGS = tuple(end for end, _ in ENDS)
#: Words that only end like one.
OTHERS = frozenset({
    "bypass", "compass", "encompass", "multipass", "oauth", "overpass", "surpass", "trespass", "underpass",
})  # fmt: skip
#: What makes `key` a secret by the word before it, and what makes it none.
KEYS = frozenset(
    "access account admin aes airbrake al algolia anthropic api app auth aws azure bot bugsnag consumer"
    " coralogix customer datadog dd decryption deploy deployment django elastic encryption fernet github gitlab"
    " google gpg hec hmac honeycomb ingest ingestion insert insights instrumentation integration jwt laravel"
    " license licence lightstep loggly logdna logzio mailgun master mezmo newrelic openai opsgenie pagerduty pgp"
    " private provisioning pusher rails registration rollbar rsa secret segment sendgrid sentry service session"
    " shared signature signing splunk ssh sso storage stripe subscription sumo transfer twilio unseal vapid vault"
    " webhook wireguard write".split()
)
FIELDS = frozenset(
    "appname bucket cache column dedup drop field foreign group hash hostname idempotency index json kms label"
    " lock log map message metric object partition primary procid public pub range record redis remove reserve"
    " retention routing s3 single sort span tag trace unique".split()
)
#: Names of several words that hold a secret; what comes before them is free.
PHRASES = frozenset({
    ("connection", "string"), ("secret", "key", "base"), ("honeycomb", "team"), ("external", "authentication"),
    ("al", "key"), ("basicauth", "users"), ("basic", "auth", "users"), ("digestauth", "users"),
    ("unseal", "keys"), ("recovery", "codes"), ("backup", "codes"), ("recovery", "phrase"), ("seed", "phrase"),
})  # fmt: skip
PHRASES_END = {phrase[-1] for phrase in PHRASES}
#: Words behind a secret's that say nothing, such as in `DB_PASSWORD_PROD` and `TLS_KEY_BASE64`.
WEIGHTLESS = frozenset(
    "a b backup base blob blue bytes current data default dev development encoded encrypted fallback green hash"
    " hashed hex initial json legacy live main new next old pem plain plaintext previous primary prod production"
    " qa raw readonly ro root rw sandbox secondary stage staging string test text uat v value x y z".split()
)
#: Words behind a secret's that make the value something about it.
ABOUT = frozenset(
    "account action age alg algorithm alias algo arn attribute audience authority backend bits bucket cert"
    " certificate chars class column command config configuration content count created date days dir directory"
    " disabled dn domain duration email enabled encoding endpoint engine env environment error errors exception"
    " expiration expires expiry exp field file filename filter folder fmt format group hint host id ident"
    " identifier idle ids index in interval issuer kind kid label len length lifespan lifetime limit limits"
    " location loader manager max maxage maximum method min minimum minutes mode mount name names namespace"
    " number offset only option options owner parameter parameters params path paths pattern percent period"
    " placeholder plugin plugins policies policy port position prefix processor prompt property protocol provider"
    " providers query realm ref reference regex region renewal required requirements resolver role rotation rule"
    " rules samesite schema scheme scope scopes score seconds secure server service size source spec specdomainless"
    " stage status store storage strategy strength subject suffix system table tag tenant template timeout times"
    " title ttl type types uri url urls usage user username users validation validator valuefrom var variable"
    " version window zone exec sign domainless httponly hours seed secs ms".split()
)
#: Last words of names whose values are random and no secrets.
IDENTIFIERS = frozenset(
    "address arn build checksum cid client commit digest etag fingerprint hash id ids image integrity nonce"
    " object ref release revision sha sheet sri uid uuid version".split()
)
#: Headers whose values are random and no secrets, and others that everybody sends.
HARMLESS_HEADERS = frozenset({
    "accept", "content-type", "host", "traceparent", "user-agent", "x-amzn-trace-id", "x-correlation-id",
    "x-request-id", "x-scope-orgid", "x-trace-id",
})  # fmt: skip
#: First words that make it a number or a switch.
SWITCHES = frozenset(
    "allow count disable disabled enable enabled has ignore invalid is max maximum min minimum missing no num"
    " number skip total use validate without".split()
)
#: What makes `token` a place in a list.
PAGES = frozenset(
    "next page client continuation pagination idempotency forward backward starting".split()
)
REMEMBERED = 4096

_known: dict[str, int] = {}


def level(name: str) -> int:
    """What a name says about its value: NOTHING, RANDOM, LIKELY or SECRET."""
    found = _known.get(name)
    if found is None:
        if len(_known) >= REMEMBERED:
            _known.clear()
        found = _known[name] = _level(name)
    return found


def is_secret_name(name: str) -> bool:
    """Whether a variable, option or member of this name holds a secret."""
    return level(name) >= LIKELY


def is_identifier(name: str) -> bool:
    """Whether a value of this name may look random and be no secret: an id, a hash, a version."""
    words = [word.lower() for word in WORD.findall(name)]
    return not words or words[-1] in IDENTIFIERS or words[-1] in ABOUT or words[-1] in FIELDS


def _level(name: str) -> int:
    if len(name) > 200:
        return NOTHING
    # The registration key of the Alert Logic agent.
    if name == "KEY":
        return SECRET
    words = [word.lower() for word in WORD.findall(name)]
    # `s3` and the like are no words by their letters alone.
    if name[:2].lower() == "s3":
        words[:1] = ["s3"]
    if not words or words[0] in SWITCHES:
        return NOTHING
    if words[-1] in PHRASES_END and any(_ends_with(words, phrase) for phrase in PHRASES):
        return LIKELY if words[-1] == "string" else SECRET
    count = len(words)
    while count > 1 and words[count - 1] in WEIGHTLESS:
        count -= 1
    last = _word(words, count - 1)
    if last:
        return last
    if words[count - 1] == "header":
        return LIKELY if any(_word(words, index) for index in range(count - 1)) else NOTHING
    if words[count - 1] in ABOUT or words[count - 1] in FIELDS:
        return NOTHING
    # Something that the secret belongs to: `TOKEN_GITHUB`.
    earlier = max((_word(words, index) for index in range(count - 1)), default=NOTHING)
    return min(earlier, LIKELY)


def _word(words: list[str], index: int) -> int:
    """What one word of a name says, in front of which others stand."""
    word = words[index]
    before = words[index - 1] if index else ""
    found = LEVELS.get(word)
    if found is None:
        found = NOTHING
        if word.endswith(ENDINGS) and word not in OTHERS:
            found = next(level for end, level in ENDS if word.endswith(end))
    if word in {"key", "keys"}:
        if before in KEYS:
            return SECRET if word == "key" else LIKELY
        return NOTHING if before in FIELDS else RANDOM
    if word in {"token", "tokens"} and before in PAGES:
        return NOTHING
    return found


def _ends_with(words: list[str], phrase: tuple[str, ...]) -> bool:
    return tuple(words[-len(phrase) :]) == phrase
