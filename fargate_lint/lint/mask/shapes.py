"""Shapes of secrets: what is secret by its own form, wherever it stands.

Prefixes and lengths are those that the vendors document, or that detect-secrets, gitleaks and GitHub's
secret scanning list (its kinds, not their prefixes); each row names where. The patterns are our own, and wider: a token that was cut
or is a little longer is hidden too. A pattern is only looked for where one of its needles is.
"""

from __future__ import annotations

import re

from fargate_lint.lint.mask.values import is_random
from fargate_lint.source.patterns import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GITLEAKS = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml"
DETECT_SECRETS = "https://github.com/Yelp/detect-secrets/tree/master/detect_secrets/plugins"
TRUFFLEHOG = "https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors"
GITHUB = "https://docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns"

#: Tokens that begin with what their vendor chose: kind, prefixes, the least number of characters behind
#: them, and where that is written. Behind a prefix stand letters, digits, `_`, `-`, `.`, `=`, `+` and `/`.
PREFIXES = (
    ("1Password", "ops_eyJ", 20, GITLEAKS),
    ("Adobe", "p8e-", 20, GITLEAKS),
    ("age", "AGE-SECRET-KEY-1", 20, "https://github.com/FiloSottile/age"),
    ("Alibaba", "LTAI", 12, GITLEAKS),
    ("Anthropic", "sk-ant-", 16, "https://docs.anthropic.com/en/api/getting-started"),
    ("Artifactory", "AKCp cmVmdGtuO", 20, DETECT_SECRETS),
    ("Atlassian", "ATATT3 ATCTT3 ATBB ATSTT3", 16, GITLEAKS),
    ("AWS session token", "FwoGZXIvYXdz FQoGZXIvYXdz IQoJb3JpZ2lu", 20, TRUFFLEHOG),
    ("AWS Bedrock", "ABSKQmVkcm9ja0FQSUtleS", 16, GITLEAKS),
    ("Brevo", "xkeysib- xsmtpsib-", 16, GITLEAKS),
    ("CircleCI", "CCIPAT_ CCIPRJ_", 16, GITHUB),
    ("Clojars", "CLOJARS_", 20, GITLEAKS),
    ("Contentful", "CFPAT-", 16, GITHUB),
    ("Defined Networking", "dnkey-", 20, GITLEAKS),
    ("Databricks", "dapi", 30, GITLEAKS),
    ("DigitalOcean", "dop_v1_ doo_v1_ dor_v1_", 16, GITLEAKS),
    ("Docker", "dckr_pat_ dckr_oat_", 16, "https://docs.docker.com/security/access-tokens/"),
    ("Doppler", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", 16, GITLEAKS),
    ("Duffel", "duffel_test_ duffel_live_", 16, GITLEAKS),
    ("Dynatrace", "dt0c01.", 20, GITLEAKS),
    ("Figma", "figd_ figo_", 16, GITHUB),
    ("Flutterwave", "FLWSECK", 12, GITLEAKS),
    ("Frame.io", "fio-u-", 20, GITLEAKS),
    ("GitHub", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", 16, GITHUB),
    ("GitLab", "glpat- glptt- gldt- glrt- glrtr- glcbt- glsoat- glft- gloas- glimt- glagent- glffct- glwt- GR1348941", 12, "https://docs.gitlab.com/security/tokens/"),
    ("Google", "AIza", 24, "https://cloud.google.com/docs/authentication/api-keys"),
    ("Google OAuth", "ya29. GOCSPX- 1//0", 16, GITHUB),
    ("Grafana", "glsa_ glc_ eyJrIjoi", 16, "https://grafana.com/docs/grafana/latest/administration/service-accounts/"),
    ("Heroku", "HRKU-", 20, GITLEAKS),
    ("Hugging Face", "api_org_", 20, GITLEAKS),
    ("LangSmith", "lsv2_pt_ lsv2_sk_", 16, GITHUB),
    ("Linear", "lin_api_ lin_oauth_", 16, GITLEAKS),
    ("Mapbox", "sk.eyJ", 20, TRUFFLEHOG),
    ("New Relic", "NRAK- NRII- NRIQ- NRAA- NRJS- NRRA- NRSP-", 10, "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"),
    ("npm", "npm_", 16, GITLEAKS),
    ("OpenAI", "sk-proj- sk-svcacct- sk-admin- sk-None- sk-or-", 16, GITLEAKS),
    ("Perplexity", "pplx-", 16, GITLEAKS),
    ("Pinecone", "pcsk_", 16, GITHUB),
    ("Plaid", "access-sandbox- access-development- access-production-", 20, GITLEAKS),
    ("PlanetScale", "pscale_tkn_ pscale_pw_ pscale_oauth_", 16, GITLEAKS),
    ("Postman", "PMAK-", 20, GITLEAKS),
    ("Prefect", "pnu_ pnb_", 16, GITLEAKS),
    ("PyPI", "pypi-AgE", 16, "https://pypi.org/help/#apitoken"),
    ("ReadMe", "rdme_", 20, GITLEAKS),
    ("Rollbar", "post_server_item_ post_client_item_", 12, GITHUB),
    ("RubyGems", "rubygems_", 16, GITLEAKS),
    ("Sentry", "sntrys_ sntryu_", 16, GITLEAKS),
    ("Shippo", "shippo_live_ shippo_test_", 16, GITLEAKS),
    ("Shopify", "shpat_ shpca_ shppa_ shpss_ shpua_ shptka_", 16, GITLEAKS),
    ("Slack", "xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxe. xapp- xoxc- xoxd-", 8, "https://api.slack.com/authentication/token-types"),
    ("Square", "sq0atp- sq0csp- sq0idp-", 16, DETECT_SECRETS),
    ("Stripe", "sk_live_ sk_test_ rk_live_ rk_test_ whsec_ sk_prod_ rk_prod_", 8, "https://docs.stripe.com/keys"),
    ("Supabase", "sbp_ sb_secret_", 16, GITHUB),
    ("Tailscale", "tskey-", 12, "https://tailscale.com/kb/1085/auth-keys"),
    ("Vault", "hvs. hvb. hvr.", 16, "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
)  # fmt: skip
#: Prefixes that other things have too: what stands behind these must look random.
LOOSE_PREFIXES = (
    ("1Password", "A3-", 20, GITLEAKS),
    ("Asana", "1/1", 30, GITHUB),
    ("AWS Bedrock", "bedrock-api-key-", 16, GITLEAKS),
    ("Buildkite", "bkua_ bkct_ bkpt_", 16, TRUFFLEHOG),
    ("Cloudflare", "v1.0-", 40, GITLEAKS),
    ("ClickHouse", "4b1d", 34, GITLEAKS),
    ("crates.io", "cio", 32, GITHUB),
    ("Databricks", "dose", 30, GITLEAKS),
    ("Dropbox", "sl.B sl.A sl.u.", 40, GITLEAKS),
    ("Dynatrace", "dt0s", 20, GITLEAKS),
    ("EasyPost", "EZAK EZTK", 40, GITLEAKS),
    ("Facebook", "EAAC EAAM EAAG EAAB", 40, GITLEAKS),
    ("Fly.io", "fo1_ fm1a_ fm1r_ fm2_", 24, GITLEAKS),
    ("Groq", "gsk_", 20, TRUFFLEHOG),
    ("Hugging Face", "hf_", 20, GITLEAKS),
    ("Infracost", "ico-", 24, GITLEAKS),
    ("LangSmith", "ls__", 16, GITHUB),
    ("Mailgun", "key-", 30, GITLEAKS),
    ("MessageBird", "accesskey_", 16, GITHUB),
    ("Netlify", "nfp_ nfc_ nfo_", 20, TRUFFLEHOG),
    ("Notion", "ntn_ secret_", 24, GITLEAKS),
    ("NuGet", "oy2", 40, GITHUB),
    ("Octopus", "API-", 24, GITLEAKS),
    ("OpenAI and others", "sk-", 20, DETECT_SECRETS),
    ("OpenShift", "sha256~", 20, GITLEAKS),
    ("PostHog", "phx_ phs_", 20, GITHUB),
    ("Pulumi", "pul-", 20, GITLEAKS),
    ("Replicate", "r8_", 20, GITHUB),
    ("Render", "rnd_", 20, GITHUB),
    ("Scalingo", "tk-us-", 20, GITLEAKS),
    ("SendGrid", "SG.", 16, GITLEAKS),
    ("SettleMint", "sm_aat_ sm_pat_ sm_sat_", 16, GITLEAKS),
    ("SonarQube", "squ_ sqp_ sqa_", 20, GITLEAKS),
    ("Sourcegraph", "sgp_ slk_", 16, GITLEAKS),
    ("Square", "EAAA", 16, DETECT_SECRETS),
    ("Typeform", "tfp_", 20, GITLEAKS),
    ("Twitter", "AAAAAAAAAAAAAAAAAAAAAA", 40, GITLEAKS),
    ("Vault before 1.10", "s.", 24, GITLEAKS),
    ("Vercel", "vcp_ vci_ vca_ vcr_ vck_", 20, GITHUB),
    ("WakaTime", "waka_", 20, GITHUB),
    ("xAI", "xai-", 20, TRUFFLEHOG),
    ("Yandex", "AQVN t1.9eu y0_", 20, GITLEAKS),
    ("Yandex", "YC", 36, GITLEAKS),
)  # fmt: skip
#: All else: kind, needles, pattern, source.
PATTERNS = (
    ("AWS key id", "AKIA ASIA ABIA ACCA A3T",
     r"(?<![A-Za-z0-9])(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}(?![a-z0-9])",
     "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
    ("user and password in a URL", "://",
     r"(?<=://)[^\s/@:\"'<>]{0,200}:(?!\d{1,5}/)(?:[^\s/\"'<>]+(?=@)|[^\s@\"'<>?]+/[^\s@\"'<>?]*(?=@[\w.-]))",
     "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"),
    ("key as the user of a URL", "://",
     r"(?<=://)(?=[\w.~%-]*\d)(?=[\w.~%-]*[A-Za-z])[\w.~%-]{16,}(?=(?::[^\s/@]*)?@)",
     "https://docs.sentry.io/concepts/key-terms/dsn-explainer/"),
    ("user and password without a scheme", "@",
     r"(?<![\w/.:@+-])(?!(?:mailto|sip|sips|acct|xmpp|user|email|mail|from|to|cc|owner|contact|login|by|author|team"
     r"|maintainer|notify|sender|recipient|account|username|ssh|git|principal):)[A-Za-z_][\w.+-]{0,63}"
     r":(?!//)(?P<secret>[^\s:/@\"'<>]{3,128})@(?!sha\d+:|\d+(?:\.\d+)*(?:\s|$))"
     r"(?=[A-Za-z0-9][\w-]*(?:\.[\w-]+|:\d|/|\(|$|[\s,;\"'])|\(|\[)",
     "https://github.com/go-sql-driver/mysql#dsn-data-source-name"),
    ("user, password and a port", "@",
     r"(?<![\w/.:@+-])(?:user|login|account|username|admin):(?!//)(?P<secret>[^\s:/@\"'<>]{3,128})@(?=[A-Za-z0-9][\w.-]*:\d)",
     "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"),
    ("user, password and database of Oracle", "@",
     r"(?:(?<![\w/.:@-])|(?<=:thin:)|(?<=:oci:))[A-Za-z]\w{0,30}/(?P<secret>[^\s/@:\"']{3,64})@(?!sha\d+:|v?\d|main\b|master\b|latest\b|HEAD\b)"
     r"(?=//|[\w.-]+(?::\d+)?(?:/\w+)?(?:\s|$|[\"']))",
     "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/starting-SQL-Plus.html"),
    ("JSON web token", "eyJ",
     # Only where a word begins, or soon behind: each `eyJ` in it would look through to its end.
     r"(?<![\w-])(?:[\w-]{0,40}-)?eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}", "https://www.rfc-editor.org/rfc/rfc7519"),
    ("private key", "PRIVATE KEY",
     r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\Z)",
     "https://www.rfc-editor.org/rfc/rfc7468"),
    ("private key without its header", "MII MHcC MIG MC4C b3BlbnNzaC1rZXkt",
     # A certificate and a public key go on in another way behind the length of the first sequence.
     r"(?<![\w+/])(?:MII(?!..[DTjz](?:CC|AN))|MHcCAQEE|MIG[HTkP][A-Z0-9]|MC4CAQAw|b3BlbnNzaC1rZXkt)[A-Za-z0-9+/\\]{20,}[A-Za-z0-9+/=\s\\]*",
     "https://www.rfc-editor.org/rfc/rfc5958"),
    ("private key in base64", "LS0tLS1CRUdJTi",
     r"LS0tLS1CRUdJTi(?:BSU0Eg|BQUklW|BFQyBQ|BFTkNS|BPUEVO|BEU0Eg|BQR1Ag)[A-Za-z0-9+/=]*", GITLEAKS),
    ("New Relic licence", "NRAL", r"\b[0-9a-f]{30,40}NRAL\b",
     "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"),
    ("Slack webhook", "hooks.slack.com", r"(?<=hooks\.slack\.com/)(?P<kind>services|workflows|triggers)/(?P<secret>[\w/]{8,})",
     "https://api.slack.com/messaging/webhooks"),
    ("Discord webhook", "/webhooks/", r"/api(?:/v\d+)?/webhooks/\d{5,}/(?P<secret>[\w-]{8,})",
     "https://discord.com/developers/docs/resources/webhook"),
    ("Teams webhook", "webhook.office.com /IncomingWebhook/", r"(?:/webhookb2/|/webhook/)(?P<secret>[\w@./-]{16,})",
     "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook"),
    ("Google Chat webhook", "chat.googleapis.com", r"(?<=[?&])(?:key|token)=(?P<secret>[^\s&\"']{6,})",
     "https://developers.google.com/workspace/chat/quickstart/webhooks"),
    ("Sumo Logic source", "/receiver/v1/", r"/receiver/v1/\w+/(?P<secret>[\w=+/-]{8,})",
     "https://help.sumologic.com/docs/send-data/hosted-collectors/http-source/"),
    ("Loggly token", "/inputs/ /bulk/", r"/(?:inputs|bulk)/(?P<secret>[0-9a-fA-F-]{16,})",
     "https://documentation.solarwinds.com/en/success_center/loggly/content/admin/http-endpoint.htm"),
    ("Datadog intake", "/v1/input/", r"/v1/input/(?P<secret>[\w-]{8,})", "https://docs.datadoghq.com/api/latest/logs/"),
    ("PagerDuty integration", "/integration/ /generic/", r"/(?:integration|generic)/(?P<secret>[0-9a-f]{20,})",
     "https://developer.pagerduty.com/docs/events-api-v1/overview/"),
    ("webhook of a kind", "hooks /hook/ /catch/ /with/key/ hc-ping.com/ nosnch.in/ /heartbeat/ /trigger/",
     r"(?:(?<!api)/(?:hooks?|webhooks?)/|/catch/|/with/key/|hc-ping\.com/|nosnch\.in/|/heartbeat/|/hooks/catch/)"
     r"(?P<secret>(?=[\w/-]*\d)[\w-]{6,}(?:/[\w-]{4,})*)", TRUFFLEHOG),
    ("Telegram bot", ":AA", r"\d{6,12}:AA[\w-]{24,}", "https://core.telegram.org/bots/api#authorizing-your-bot"),
    # An account's number in base64, the time, a signature.
    ("Airtable", "pat", r"(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{40,}", TRUFFLEHOG),
    ("Harness", "pat. sat.", r"(?<![A-Za-z0-9])[ps]at\.[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{16,}", GITLEAKS),
    # The third letter is drawn when the key is made.
    ("Honeycomb", "ik_ lk_ mk_", r"(?<![A-Za-z0-9])hc[a-z0-9][ilm]k_[A-Za-z0-9]{12,}", "https://docs.honeycomb.io/api/authentication"),
    ("Lob", "live_ test_", r"(?<![A-Za-z0-9_])(?:live|test)_(?:pub_)?[0-9a-f]{30,}", GITLEAKS),
    ("MaxMind", "_mmk", r"(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{24,}_mmk", GITLEAKS),
    ("Authress", ".acc_ .acc-", r"(?<![A-Za-z0-9])(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[\w+/=-]{16,}", GITLEAKS),
    ("Discord bot", "MD MT Mj Mz ND NT Nj Nz OD OT", r"(?<![\w-])[MNO][A-Za-z0-9]{22,}\.[\w-]{6}\.[\w-]{27,}",
     DETECT_SECRETS),
    ("Twilio", "SK", r"\bSK[0-9a-f]{32}\b", "https://www.twilio.com/docs/iam/api-keys"),
    ("Mailchimp", "-us", r"\b[0-9a-f]{32}-us\d{1,2}\b", DETECT_SECRETS),
    ("Azure application", "Q~", r"(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{24,}", GITLEAKS),
    ("Amazon MWS", "amzn.mws.", r"amzn\.mws\.[0-9a-f-]{20,}", GITLEAKS),
    ("OpenAI before 2024", "T3BlbkFJ", r"[\w-]*T3BlbkFJ[\w-]*", DETECT_SECRETS),
    ("Terraform Cloud", ".atlasv1.", r"(?<![\w.])\w{10,20}\.atlasv1\.[\w-]{20,}", GITLEAKS),
    ("LaunchDarkly", "sdk- mob- api-", r"\b(?:sdk|mob|api)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", TRUFFLEHOG),
    ("PEM of PGP", "PGP PRIVATE", r"-----BEGIN PGP PRIVATE[\s\S]*", GITLEAKS),
    ("hash of a password", "$", r"(?<![\w$])\$(?:apr1|1|5|6|7|y|gy|2[abxy]?|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*|sha1|P|H)\$[\w./$=,+-]{12,}",
     "https://man7.org/linux/man-pages/man5/crypt.5.html"),
    ("hash of a password, doubled for Compose", "$$", r"(?<![\w$])\$\$(?:apr1|1|5|6|2[abxy]?|argon2(?:id|i|d))\$\$[\w./$=,+-]{12,}",
     "https://doc.traefik.io/traefik/middlewares/http/basicauth/"),
    ("hash of a password by a framework", "pbkdf2_ bcrypt_sha256$ SCRAM-SHA- {SHA} {SSHA}",
     r"(?:pbkdf2_sha\d+\$|bcrypt_sha256\$|SCRAM-SHA-\d+\$|\{S?SHA(?:256|512)?\})[\w./$=,+:-]{12,}",
     "https://docs.djangoproject.com/en/stable/topics/auth/passwords/"),
    ("line of .pgpass", ":* :1 :2 :3 :4 :5 :6 :7 :8 :9", r"(?m)(?<![^\s\"'=])[\w.*-]{1,255}:(?:\d{2,5}|\*):[\w*-]{1,63}:[\w*-]{1,63}:(?P<secret>[^\s\"':]{3,})",
     "https://www.postgresql.org/docs/current/libpq-pgpass.html"),
    ("password in braces of ODBC", "={", r"(?i);\s*(?:pwd|password)=\{(?P<secret>[^{}\n]+)\}",
     "https://learn.microsoft.com/sql/odbc/reference/syntax/sqldriverconnect-function"),
    ("line of .curlrc", "user", r"\buser\s{0,3}[=:]\s{0,3}\"[\w.@-]{1,64}:(?P<secret>[^\"\s]{3,})\"",
     "https://curl.se/docs/manpage.html#-K"),
    ("line of .netrc", "machine", r"\bmachine\s+\S{1,255}\s+login\s+\S{1,255}\s+password\s+(?P<secret>\S+)",
     "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html"),
    ("signature", "sig= ignature= Security-Token= Credential=",
     r"(?i)(?<=[?&;])(?:sig|signature|X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature)=(?P<secret>[^\s&\"']+)",
     "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"),
    ("signature of a request", "Signature=", r"(?<=, Signature=)[0-9a-f]{16,}",
     "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html"),
    ("Azure storage", "==", r"(?<![\w+/])[A-Za-z0-9+/]{86}==(?![\w+/=])",
     "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage"),
    ("token that says what it is", "_live_ _test_ _secret_ _pat_ _sk_ _api_ _key_ _token_ _tok_ -secret- -token-",
     r"\b[a-z][a-z0-9]{0,12}[_-](?:live|test|secret|pat|sk|api|key|token|tok)[_-](?=\w*\d)(?=\w*[a-z]\w*\d|\w*\d\w*[a-z])"
     r"[A-Za-z0-9]{16,}", GITHUB),
)  # fmt: skip
#: Characters of a token.
BODY = r"(?:[\w+/=~-]|\.(?=[\w-]{8}))"
#: All rows: tokens by their prefix come first.
ROWS = (*PREFIXES, *LOOSE_PREFIXES, *PATTERNS)
WORD = lazily(r"[A-Za-z0-9]+")
#: Needles that stand where a word begins, by its first letters, and the others.
_heads: dict[str, list[tuple[str, int]]] = {}
_others: list[tuple[str, int]] = []
_patterns: dict[int, re.Pattern[str]] = {}
HEAD = 3


def needles_in(text: str) -> list[tuple[str, int]]:
    """The needles that a text has, each with the index of its row."""
    if not _others:
        for index, row in enumerate(ROWS):
            for needle in (row[1],) if row[1] == "PRIVATE KEY" else row[1].split():
                if isinstance(row[2], int):
                    _heads.setdefault(WORD.findall(needle)[0][:HEAD], []).append((needle, index))
                else:
                    _others.append((needle, index))
    heads = _heads.keys() & {word[:HEAD] for word in WORD.findall(text)}
    found = [each for head in heads for each in _heads[head] if each[0] in text]
    return found + [each for each in _others if each[0] in text]


def found(text: str, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where secrets of some rows stand in a text, in no order."""
    for index in rows:
        for match in _pattern(index).finditer(text):
            groups = match.groupdict()
            if "random" not in groups or _is_token(groups["random"]):
                yield match.span(
                    "whole" if "whole" in groups else "secret" if "secret" in groups else 0
                )


def _pattern(index: int) -> re.Pattern[str]:
    """The pattern of a row. Its group `secret` is the secret, else all of it."""
    pattern = _patterns.get(index)
    if pattern is None:
        _, needles, shape, _ = ROWS[index]
        if isinstance(shape, int):
            begin = "|".join(map(re.escape, needles.split()))
            group = "secret" if index < len(PREFIXES) else "random"
            shape = rf"(?<![A-Za-z0-9])(?P<whole>(?:{begin})(?P<{group}>{BODY}{{{shape},}}))"
        pattern = _patterns[index] = re.compile(shape)
    return pattern


def _is_token(body: str) -> bool:
    """Whether what stands behind a prefix is no word."""
    return is_random(body) or (
        len(body) >= 24 and body.isalnum() and not body.isdigit() and not body.isalpha()
    )
