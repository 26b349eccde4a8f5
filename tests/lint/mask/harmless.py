"""Values that are no secrets, whatever words stand around them."""

from __future__ import annotations

from tests.lint.mask.plants import plants

VARIABLES = plants(r"""
name | TOKENIZER | ⟦bert-base-uncased⟧
name | SECRETARY | ⟦jane.doe@example.com⟧
name | TOKEN_ISSUER | ⟦https://auth.example.com/realms/shop⟧
name | TOKEN_AUDIENCE | ⟦shop-api⟧
name | ACCESS_TOKEN_LIFETIME | ⟦3600⟧
name | API_KEY_HEADER | ⟦x-api-key⟧
name | MAX_TOKENS | ⟦4096⟧
name | PASSWORD_POLICY | ⟦strict-8⟧
name | SORT_KEY | ⟦createdAt⟧
name | PRIMARY_KEY | ⟦order_id⟧
name | PUBLIC_KEY | ⟦ssh-ed25519⟧
name | KMS_KEY | ⟦alias/shop-prod⟧
name | S3_KEY | ⟦config/app1.json⟧
name | REDIS_KEY | ⟦shop:orders:v2⟧
name | CACHE_KEY | ⟦cache-v12⟧
name | AWS_SECRETS_PREFIX | ⟦prod/shop/⟧
name | USE_TOKEN | ⟦true⟧
name | SECRET_STORE | ⟦aws-secrets-manager⟧
name | CREDENTIALS_PROVIDER | ⟦InstanceProfile⟧
name | DD_TAGS | ⟦key:value env:prod⟧
name | SECRET_URL | ⟦https://vault.example.com/v1/secret⟧
name | TOKEN_URL | ⟦https://auth.example.com/oauth/token⟧
name | AWS_KEY_ID | ⟦shop-key-1⟧
name | SECRET_ID | ⟦prod/shop/db-AbCdEf⟧
name | API_KEY_NAME | ⟦billing⟧
name | passwordFile | ⟦/run/secrets/db⟧
name | SESSION_ID | ⟦web-1⟧
name | X_SECRET_TYPE | ⟦opaque⟧
name | DB_PASSWORD_FILE | ⟦/run/secrets/db_password⟧
name | DB_SECRET_ARN | ⟦arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf⟧
name | DB_PASSWORD | ⟦arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf⟧
name | AUTH | ⟦none⟧
name | AUTH_MODE | ⟦oauth2⟧
name | AUTH_TYPE | ⟦scram-sha-256⟧
name | SESSION_STORE | ⟦redis⟧
name | SESSION_TIMEOUT | ⟦1800⟧
name | COOKIE_DOMAIN | ⟦.shop.example.com⟧
name | COOKIE_SECURE | ⟦true⟧
name | JWT_ALGORITHM | ⟦RS256⟧
name | JWT_ISSUER | ⟦https://auth.example.com/⟧
name | LICENSE | ⟦accept⟧
name | HMAC_ALGO | ⟦sha256⟧
name | SEED | ⟦42⟧
name | PASSWORD_MIN_LENGTH | ⟦12⟧
name | TOKEN_TTL | ⟦15m⟧
name | KEYCLOAK_REALM | ⟦shop⟧
name | KEYSPACE | ⟦orders⟧
name | AUTHOR | ⟦Jane Doe⟧
name | PASSENGERS | ⟦250⟧
name | MONKEY | ⟦see-no-evil⟧
name | TOKENS_PER_MINUTE | ⟦90000⟧
name | SIGNING_REGION | ⟦eu-west-1⟧
name | WEBHOOK_PORT | ⟦9443⟧
name | PINNED_VERSION | ⟦1.2.3⟧
name | GIT_COMMIT | ⟦3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f10⟧
name | IMAGE | ⟦111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web@sha256:3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f107c3e4a95b1d73f5e9a0c8642⟧
name | REQUEST | ⟦3f9a7c21-b58e-4d17-a2c6-9e0f4b7d1358⟧
name | TASK | ⟦arn:aws:ecs:eu-west-1:111122223333:task/prod/3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
name | ENDPOINT | ⟦https://api.example.com:8443/v2/orders?limit=10&sort=key⟧
name | REPO | ⟦https://github.com/example/shop.git⟧
name | ACTION | ⟦actions/checkout@v4⟧
name | MAIL | ⟦mailto:ops@example.com⟧
name | CONTACT | ⟦user:ops@example.com⟧
name | CERTIFICATE | ⟦MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTES⟧
name | GREETING | ⟦aGVsbG8gd29ybGQsIGhvdyBhcmUgeW91⟧
name | LOG_GROUP | ⟦/ecs/shop/web⟧
name | STACK_NAME | ⟦ShopStack-WebServiceTaskDefwebLogGroup71FAF541-AbCdEfGhIjKl⟧
name | AVAILABILITY | ⟦eu-west-1a,eu-west-1b⟧
name | LAST_KEY | ⟦orderDate⟧
name | ROUTING_KEY | ⟦orders.created⟧
name | DATABASE_URL | ⟦postgres://db.internal:5432/shop⟧
name | BROKERS | ⟦b-1.kafka:9092,b-2.kafka:9092⟧
name | CLASSPATH | ⟦/app/lib/password-policy-1.2.jar⟧
name | POD_UID | ⟦0b5e2a6f-9d41-4c35-8e7a-3c5b1e7a9f3a⟧
""")

OPTIONS = plants(r"""
option | drop_single_key | ⟦on⟧
option | log_retention_key | ⟦retention⟧
option | bucket_key | ⟦bucketName⟧
option | sort_key | ⟦timestamp⟧
option | span_key | ⟦span_id⟧
option | Reserve_key | ⟦message⟧
option | log_key | ⟦log⟧
option | partition_key | ⟦container_id⟧
option | syslog_message_key | ⟦log⟧
option | Retry_Limit | ⟦no_limits⟧
option | tls.key_file | ⟦/certs/client.key⟧
option | Header | ⟦Content-Type application/json⟧
option | Header | ⟦X-Scope-OrgID tenant1⟧
option | uri | ⟦/api/v2/logs⟧
option | Host | ⟦firehose.eu-west-1.amazonaws.com⟧
option | auto_create_group | ⟦true⟧
option | Add | ⟦cluster prod⟧
option | log_stream_prefix | ⟦web/⟧
""")

PROSE = plants(r"""
log | - | ⟦UnrecognizedClientException: The security token included in the request is invalid.⟧
log | - | ⟦ExpiredTokenException: The security token included in the request is expired⟧
log | - | ⟦NoCredentialProviders: no valid providers in chain. Deprecated.⟧
log | - | ⟦InvalidSignatureException: Signature not yet current⟧
log | - | ⟦The AWS Access Key Id you provided does not exist in our records.⟧
log | - | ⟦Missing key: containerName⟧
log | - | ⟦key=value⟧
log | - | ⟦token: unexpected end of JSON input⟧
log | - | ⟦secret: not found⟧
log | - | ⟦key: parameter required⟧
log | - | ⟦password: cannot be empty⟧
log | - | ⟦password authentication failed for user "shop"⟧
log | - | ⟦Access denied for user 'shop'@'10.0.1.7' (using password: YES)⟧
log | - | ⟦invalid token: expired⟧
log | - | ⟦unexpected token < in JSON at position 0⟧
log | - | ⟦the password is wrong⟧
log | - | ⟦api key missing⟧
log | - | ⟦cannot read secret prod/shop/db from Secrets Manager⟧
log | - | ⟦retrieved secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf⟧
log | - | ⟦AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf⟧
log | - | ⟦pull access denied, repository does not exist or may require 'docker login': denied⟧
log | - | ⟦pulled sha256:3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f107c3e4a95b1d73f5e9a0c8642⟧
log | - | ⟦task 3f9a7c21b58e4d17a2c69e0f4b7d1358 stopped⟧
log | - | ⟦commit 3f9a7c21b58e4d17a2c69e0f4b7d13582b6d8f10 deployed⟧
log | - | ⟦request id 3f9a7c21-b58e-4d17-a2c6-9e0f4b7d1358⟧
log | - | ⟦GET https://api.example.com/v1/orders?page=2 200⟧
log | - | ⟦bearer authentication is not supported⟧
log | - | ⟦Basic authentication failed⟧
log | - | ⟦authentication method: plain⟧
log | - | ⟦session closed by client 10.0.1.7:52114⟧
log | - | ⟦[engine] failed to flush chunk '1-1795157429.65340637.flb', retry in 7 seconds: task_id=0, input=tail.0 > output=es.0⟧
log | - | ⟦[output:cloudwatch_logs:cloudwatch_logs.0] Sending log events to log stream web-3f9a7c21b58e4d17a2c69e0f4b7d1358⟧
log | - | ⟦[ warn] [env] variable ${API_TOKEN} is used but not set⟧
log | - | ⟦using key alias/shop-prod⟧
log | - | ⟦secretKeyRef: name: db-credentials⟧
reason | - | ⟦ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed⟧
reason | - | ⟦CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref registry.example.com/shop/web:1.2.3⟧
reason | - | ⟦Essential container in task exited⟧
""")

HARMLESS = [*VARIABLES, *OPTIONS, *PROSE]
