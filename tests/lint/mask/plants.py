"""Secrets that nobody has, and values that are none, at the places where people have them.

A secret stands in ⟦brackets⟧. The dots in it are taken out, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

from typing import NamedTuple


class Plant(NamedTuple):
    """A text at a place, with what is secret in it; nothing is in what is harmless."""

    kind: str
    name: str
    text: str
    secrets: list[str]


def plants(table: str) -> list[Plant]:
    """The plants of a table: `kind | name | text` on each line."""
    found = []
    for line in table.strip().splitlines():
        kind, name, text = (part.strip() for part in line.split(" | ", 2))
        text = text.replace("·", "").replace("\\n", "\n")
        pieces = text.replace("⟧", "⟦").split("⟦")
        found.append(Plant(kind, name, "".join(pieces), pieces[1::2]))
    return found


#: Variables whose value tells.
BY_VALUE = plants(r"""
AWS key id | CLOUD_USER | ⟦AK·IAQ3EGRZ7TPLWX5NDC⟧
AWS secret key | CLOUD | ⟦pW4x/Kc8mZq2Lh7Tn9Rb3Vd6Yf1Gs5Jw0Ae+UoXi⟧
AWS session token | CLOUD | ⟦IQoJb3JpZ2lu·X2VjEK3Qw7Zx9Lp2Mn4Bv6Cx8Za1Sd3Fg5Hj7Kl9Qw1Er3Ty5Ui7⟧
GitHub | CI | ⟦gh·p_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2Ua⟧
GitHub fine-grained | CI | ⟦github·_pat_11ABCDE7Y0Zq8Xw2Lp9Vt4_Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8Qx⟧
GitLab | CI | ⟦gl·pat-x9Kd7Rm1Sb6Nc3Hf5Jg0⟧
Slack bot | CHAT | ⟦xo·xb-2718281828-3141592653589-Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
Slack webhook | CHAT | https://hooks.sl·ack.com/services/⟦T0Q8X·2LP9/B7K4D·R1M6S/Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
Discord webhook | CHAT | https://discord.com/api/webhooks/104857600012345678/⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8QxZr4Ty⟧
Teams webhook | CHAT | https://contoso.webhook.office.com/webhookb2/⟦7f3a9c21-5b8e-4d17-a2c6-9e0f4b7d1358@2b6d8f10-7c3e-4a95-b1d7-3f5e9a0c8642/IncomingWebhook/4c8e2a6f0b9d4135/1e7a3c5b⟧
Anthropic | LLM | ⟦sk·-ant-api03-Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8Qx-AA⟧
OpenAI project | LLM | ⟦sk·-proj-Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8Qx⟧
OpenAI old | LLM | ⟦sk·-Zq8Xw2Lp9Vt4Kd7Rm1ST3BlbkFJb6Nc3Hf5Jg0Ty2UaWe8⟧
SendGrid | MAILER | ⟦SG·.Zq8Xw2Lp9Vt4Kd7Rm1Sb6N.c3Hf5Jg0Ty2UaWe8QxZr4Ty7Kd1Rm3Sb5Nc9Hf⟧
Stripe secret | SHOP | ⟦sk·_live_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
Stripe restricted | SHOP | ⟦rk·_live_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
Stripe webhook | SHOP | ⟦wh·sec_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5J⟧
Vault | STORE | ⟦hv·s.CAESIZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧
DigitalOcean | DROPLET | ⟦do·p_v1_3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f107c3e4a95b1d73f5e9a0c8642⟧
Grafana service account | DASH | ⟦gl·sa_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty_9f3a7c21⟧
Docker | HUB | ⟦dc·kr_pat_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf⟧
Shopify | SHOP | ⟦sh·pat_3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
Atlassian | WIKI | ⟦AT·ATT3xFfGF0Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8Qx=4F9A7C21⟧
Linear | ISSUES | ⟦lin·_api_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe⟧
Google access | CLOUD | ⟦ya·29.a0AfB_byZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧
Google API | CLOUD | ⟦AI·zaSyZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0T⟧
Hugging Face | MODELS | ⟦hf·_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty⟧
Terraform Cloud | TF | ⟦Zq8Xw2Lp9Vt4Kd·.atlasv1.7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8QxZr4Ty7Kd1Rm3Sb5Nc9HfWq2Er4Ty6⟧
Databricks | SPARK | ⟦da·pi3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
age | CRYPT | ⟦AGE-SECRET·-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE6M⟧
Postman | TESTS | ⟦PM·AK-3f9a7c21b58e4d17a2c69e0f-4b7d13582b6d8f107c3e4a95b1d73f5e9a⟧
Twilio | PHONE | ⟦SK·3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
Mailgun | MAILER | ⟦ke·y-3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
PyPI | INDEX | ⟦py·pi-AgEIcHlwaS5vcmcCJDNmOWE3YzIxLWI1OGUtNGQxNw⟧
New Relic insert | APM | ⟦NR·II-Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty⟧
New Relic licence | APM | ⟦3f9a7c21b58e4d17a2c69e0f4b7d13582b6dNR·AL⟧
Honeycomb | TRACES | ⟦hc·aik_01hqzq8xw2lp9vt4kd7rm1sb6nc3hf5jg0ty2uawe8qx⟧
npm | INDEX | ⟦np·m_Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2Ua⟧
JSON web token | X_ASSERTED | ⟦ey·JhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaG9wIn0.Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
htpasswd | USERS | shop:⟦$apr·1$Zq8Xw2Lp$9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧
bcrypt | USERS | shop:⟦$2y·$10$Zq8Xw2Lp9Vt4Kd7Rm1Sb6Oc3Hf5Jg0Ty2UaWe8QxZr4Ty7Kd1Rm3S⟧
pgpass | LINE | db.example.com:5432:shop:app:⟦Zq8Xw2Lp9Vt4⟧
PEM | SIGNER | ⟦-----BEGIN RSA PRI·VATE KEY-----\nMIIEpAIBAAKCAQEAZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8Qx\n-----END RSA PRI·VATE KEY-----⟧
PEM without header | SIGNER | ⟦MIIEpAIBAAKCAQEAZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8QxZr4Ty7Kd1Rm3Sb5Nc9Hf⟧
PEM in base64 | SIGNER | ⟦LS0tLS1CRUdJTiBS·U0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVB⟧
Docker login | REGISTRIES | {"auths":{"registry.example.com":{"auth":"⟦c2hvcDpacThYdzJMcDlWdDRLZDc=⟧"}}}
XML | SETTINGS | <server><id>x</id><password>⟦Zq8Xw2Lp9Vt4⟧</password></server>
Sumo source | COLLECT | https://endpoint4.collection.sumologic.com/receiver/v1/http/⟦ZaVnC4dhaV3Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8QxZr4Ty==⟧
Sentry | REPORTS | https://⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧@o4505.ingest.sentry.io/4507
Postgres URL | DATABASE_URL | postgres://⟦shop:Zq8Xw2Lp9Vt4⟧@db:5432/shop
Redis URL | CACHE_URL | redis://⟦:Zq8Xw2Lp9Vt4⟧@cache:6379/0
slash in the password | DATABASE_URL | postgres://⟦shop:Zq8X/w2Lp9Vt4⟧@db:5432/shop
user and password | BROKER | ⟦guest:Zq8Xw2Lp9Vt4⟧@mq.internal:5672
Go MySQL | SOURCE | app:⟦Zq8Xw2Lp9Vt4⟧@tcp(db:3306)/shop?parseTime=true
Oracle | ORA | scott/⟦Zq8Xw2Lp9Vt4⟧@db
connection string | CONN | Server=db;Uid=shop;Pwd=⟦Zq8Xw2Lp9Vt4⟧;Encrypt=true
Azure storage | BLOBS | DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0==⟧;EndpointSuffix=core.windows.net
SAS | BLOBS | https://shop.blob.core.windows.net/x?sv=2022-11-02&sp=r&sig=⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0%3D⟧
query auth | HOOKED | https://api.example.com/run?auth=⟦Zq8Xw2Lp9Vt4⟧&x=1
query code | FUNCTION | https://fn.azurewebsites.net/api/run?code=⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3==⟧
Kafka | JAAS | org.apache.kafka.common.security.plain.PlainLoginModule required username="shop" password="⟦Zq8Xw2Lp9Vt4⟧";
JSON | SETTINGS | {"db": {"user": "shop", "password": "⟦Zq8Xw2Lp9Vt4⟧"}}
Java options | JAVA_TOOL_OPTIONS | -Xmx1g -Djavax.net.ssl.keyStorePassword=⟦Zq8Xw2Lp9Vt4⟧ -Dx=y
Telegram | BOT | ⟦271828182:AA·FZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2⟧
Azure application | APP | ⟦Zq88Q·~Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2Ua⟧
""")

#: Variables whose name tells.
BY_NAME = plants(
    "\n".join(
        f"name | {name} | ⟦Zq8Xw2{index:02}Lp9Vt4⟧"
        for index, name in enumerate(
            [
                "AUTH",
                "API_AUTH",
                "AUTH_HEADER",
                "AUTH_STRING",
                "COOKIE",
                "CREDS",
                "PW",
                "DB_PW",
                "PSWD",
                "PASSCODE",
                "JWT",
                "BEARER",
                "SESSION",
                "APPKEY",
                "HMAC",
                "PEPPER",
                "SEED",
                "SIGNING",
                "LICENSE",
                "NETRC",
                "DB_PASSWORD",
                "MYSQL_PASS",
                "PGPASSWORD",
                "dbPassword",
                "api-key",
                "AL_KEY",
                "KEY",
                "STRIPE_KEY",
                "SECRET_KEY_BASE",
                "APP_KEY",
                "TLS_PRIVATE_KEY",
                "SENTRY_DSN",
                "GITHUB_TOKEN",
                "TOKEN_GITHUB",
                "PASSWORD_SHOP",
                "PRIVATE_KEY_PEM",
                "ENCRYPTION_KEY",
                "client_secret",
                "refreshToken",
                "MYSQLPASSWORD",
                "SMTP_AUTH",
                "ERLANG_COOKIE",
                "CREDENTIALS",
                "ACCESS_KEY",
                "SALT",
                "REDIS_AUTH",
                "DB_PASSWORD_2",
                "PASSWORD_PROD",
                "HONEYCOMB_TEAM",
            ]
        )
    )
    + "\nname | PIN | ⟦4711⟧\nname | OTP | ⟦271828⟧\nname | WEBHOOK | https://chat.example.com/in/⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧"
    + "\nname | MNEMONIC | ⟦ocean violin ladder crisp echo token garden mirror puzzle quantum river solid⟧"
)

#: Options of log drivers and of Fluent Bit.
OPTIONS = plants(r"""
option | Cloud_Auth | elastic:⟦Zq8Xw2Lp9Vt4⟧
option | HTTP_Passwd | ⟦Zq8Xw2Lp9Vt4⟧
option | apikey | ⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
option | splunk-token | ⟦3f9a7c21-b58e-4d17-a2c6-9e0f4b7d1358⟧
option | shared_key | ⟦Zq8Xw2Lp9Vt4⟧
option | Header | X-Honeycomb-Team ⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6N⟧
option | Header | Authorization ⟦Bearer Zq8Xw2Lp9Vt4⟧
option | header | X-Insert-Key ⟦Zq8Xw2Lp9Vt4⟧
option | Header | X-Tenant-Pass ⟦Zq8Xw2Lp9Vt4⟧
option | Header | X-Shop ⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6N⟧
option | Add | auth ⟦Zq8Xw2Lp9Vt4⟧
option | Record | api_key ⟦Zq8Xw2Lp9Vt4⟧
option | uri | /receiver/v1/http/⟦ZaVnC4dhaV3Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0==⟧
option | URI | /inputs/⟦3f9a7c21-b58e-4d17-a2c6-9e0f4b7d1358⟧/tag/http/
option | uri | /api/webhooks/104857600012345678/⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0Ty2UaWe8⟧
option | uri | /services/⟦T0Q8X2LP9/B7K4DR1M6S/Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3⟧
option | uri | /v1/input/⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
option | uri | /api/v2/logs?dd-api-key=⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
option | uri | /?token=⟦Zq8Xw2Lp9Vt4⟧&type=app
option | tls.key_passwd | ⟦Zq8Xw2Lp9Vt4⟧
option | bearer_token | ⟦Zq8Xw2Lp9Vt4⟧
option | license_key | ⟦3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f10⟧
option | rdkafka.sasl.password | ⟦Zq8Xw2Lp9Vt4⟧
option | Sentry_DSN | https://⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧@o1.ingest.sentry.io/2
""")

#: Command lines, for a shell and word by word.
COMMANDS = plants(r"""
command | - | mysql -h db -u shop -p⟦Zq8Xw2Lp9Vt4⟧ shop
command | - | mongosh --host db -u shop -p ⟦Zq8Xw2Lp9Vt4⟧
command | - | redis-server --requirepass ⟦Zq8Xw2Lp9Vt4⟧
command | - | redis-server --requirepass=⟦Zq8Xw2Lp9Vt4⟧
command | - | server --auth ⟦Zq8Xw2Lp9Vt4⟧
command | - | server --auth shop:⟦Zq8Xw2Lp9Vt4⟧
command | - | server --http-auth=shop:⟦Zq8Xw2Lp9Vt4⟧
command | - | app --dsn app:⟦Zq8Xw2Lp9Vt4⟧@tcp(db:3306)/shop
command | - | sshpass -p ⟦Zq8Xw2Lp9Vt4⟧ ssh shop@host
command | - | curl -u shop:⟦Zq8Xw2Lp9Vt4⟧ http://localhost/
command | - | curl -H "X-Vault-Token: ⟦Zq8Xw2Lp9Vt4⟧" http://vault/
command | - | app --password ⟦Zq8Xw2Lp9Vt4⟧ --port 80
command | - | app --api-key=⟦Zq8Xw2Lp9Vt4⟧
command | - | docker login -u shop -p ⟦Zq8Xw2Lp9Vt4⟧ registry.example.com
command | - | wait-for-it -p⟦Zq8Xw2Lp9Vt4⟧
health | - | mysqladmin ping -u root -p⟦Zq8Xw2Lp9Vt4⟧
health | - | mongo -u shop -p ⟦Zq8Xw2Lp9Vt4⟧ --eval 1
health | - | redis-cli -a ⟦Zq8Xw2Lp9Vt4⟧ ping || exit 1
health | - | sshpass -p ⟦Zq8Xw2Lp9Vt4⟧ ssh host true
health | - | curl -f -uadmin:⟦Zq8Xw2Lp9Vt4⟧ http://localhost/ || exit 1
health | - | curl -f -b session=⟦Zq8Xw2Lp9Vt4⟧ http://localhost/
health | - | ldapsearch -x -D cn=admin -w ⟦Zq8Xw2Lp9Vt4⟧ -b dc=x
health | - | PGPASSWORD=⟦Zq8Xw2Lp9Vt4⟧ psql -h db -c 'select 1'
health | - | curl -H 'Authorization: Bearer ⟦Zq8Xw2Lp9Vt4⟧' http://localhost/
""")

#: Labels.
LABELS = plants(r"""
label | traefik.http.middlewares.a.basicauth.users | shop:⟦$apr·1$Zq8Xw2Lp$9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧
label | com.example.auth | ⟦Zq8Xw2Lp9Vt4⟧
label | com.example.token | ⟦Zq8Xw2Lp9Vt4⟧
label | com.example.db-password | ⟦Zq8Xw2Lp9Vt4⟧
""")

#: Lines of logs, and reasons.
PROSE = plants(r"""
log | - | ERROR 1045: mysqladmin -p⟦Zq8Xw2Lp9Vt4⟧ ping failed
log | - | trying password ⟦Zq8Xw2Lp9Vt4⟧ for shop
log | - | the password is ⟦Zq8Xw2Lp9Vt4⟧
log | - | user shop pass ⟦Zq8Xw2Lp9Vt4⟧
log | - | using api key ⟦Zq8Xw2Lp9Vt4Kd7Rm1Sb⟧
log | - | registration key ⟦3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f107c3e4a95b1⟧ refused
log | - | secret '⟦Zq8Xw2Lp9Vt4⟧' was rejected
log | - | POST /login?user=shop&x=a%26password%3D⟦Zq8Xw2Lp9Vt4⟧
log | - | connecting as ⟦shop:Zq8Xw2Lp9Vt4⟧@mq.internal
log | - | sentry: https://⟦3f9a7c21b58e4d17a2c69e0f4b7d1358⟧@o4505.ingest.sentry.io/4507 failed
log | - | POST https://endpoint4.collection.sumologic.com/receiver/v1/http/⟦ZaVnC4dhaV3Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0==⟧ 401
log | - | got ⟦IQoJb3JpZ2lu·X2VjEK3Qw7Zx9Lp2Mn4Bv6Cx8Za1Sd3Fg5Hj7Kl9Qw1Er3Ty5Ui7⟧
log | - | openai: Incorrect API key provided: ⟦sk·-proj-Zq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧
log | - | sendgrid ⟦SG·.Zq8Xw2Lp9Vt4Kd7Rm1Sb6N.c3Hf5Jg0Ty2UaWe8QxZr4Ty7Kd1⟧ refused
log | - | vault: ⟦hv·s.CAESIZq8Xw2Lp9Vt4Kd7Rm1Sb6Nc3Hf5Jg0⟧ expired
log | - | password=⟦Zq8Xw2Lp9Vt4⟧, host=db
log | - | {"level":"error","password":"⟦Zq8Xw2Lp9Vt4⟧"}
log | - | Authorization: Bearer ⟦Zq8Xw2Lp9Vt4⟧
log | - | signed with ⟦pW4x/Kc8mZq2Lh7Tn9Rb3Vd6Yf1Gs5Jw0Ae+UoXi⟧
log | - | login failed, password: ⟦Zq8Xw2Lp9Vt4⟧
log | - | Cookie: session=⟦Zq8Xw2Lp9Vt4⟧
reason | - | CannotStartContainerError: login with password ⟦Zq8Xw2Lp9Vt4⟧ failed
reason | - | CannotPullContainerError: https://⟦shop:Zq8Xw2Lp9Vt4⟧@registry.example.com: not found
reason | - | ResourceInitializationError: token=⟦Zq8Xw2Lp9Vt4⟧ was refused
""")

SECRETS = [*BY_VALUE, *BY_NAME, *OPTIONS, *COMMANDS, *LABELS, *PROSE]
