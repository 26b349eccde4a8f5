"""Secrets and harmless values of another make, written before the tables of shapes and names knew them."""

from __future__ import annotations

from tests.lint.mask.plants import plants

SECRETS = plants(r"""
env | ROLLBAR | ⟦po·st_server_item_4e1d0b7a9c3f4f2f8d6b5a7c9e1f3b5d⟧
env | DROPBOX | ⟦sl·.BxT5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0Eu-Vi2Bo5Xq8Mt4Rw7Lk1⟧
env | PULUMI | ⟦pu·l-6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f8a2c4e60⟧
env | DOPPLER | ⟦dp·.st.prd.T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5X⟧
env | TELEMETRY | ⟦gl·c_eyJvIjoiNDQ1NTY2IiwibiI6InNob3AiLCJrIjoiVDVtUTl2THIyS3A4V240WmM3WWQxRmczIn0=⟧
env | PLANETSCALE | mysql://⟦u8x2k4:ps·cale_pw_T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6⟧@aws.connect.psdb.cloud/shop?sslmode=require
env | EVENTS | Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=⟦T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5Xq8M=⟧
env | INSIGHTS | InstrumentationKey=⟦6b1e9d3f-7a5c-2b8e-4d0f-6a9c3e7b1d5f⟧;IngestionEndpoint=https://westeurope.in.applicationinsights.azure.com/
env | SPRING_DATASOURCE_PASSWORD | ⟦Winter-Tulip-88⟧
env | MYSQL_ROOT_PASSWORD | ⟦letmein⟧
env | RABBITMQ_DEFAULT_PASS | ⟦carrot soup⟧
env | KC_DB_PASSWORD | ⟦$ecret-garden⟧
env | DJANGO_SECRET_KEY | ⟦django-insecure-t5m!q9v@lr2#kp8$wn4%zc7^yd1&fg3*hj6⟧
env | NEXTAUTH_SECRET | ⟦T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5Xq8M=⟧
env | APP_KEYS | ⟦T5mQ9vLr2Kp8==,Wn4Zc7Yd1Fg3==⟧
env | BASIC_AUTH_CREDENTIALS | ⟦ops:violet-hammer⟧
env | SNOWFLAKE_PWD | ⟦Snow!flake9⟧
env | LDAP_BIND_PW | ⟦bind-me-1⟧
env | ENCRYPTION_PASSPHRASE | ⟦four score and seven⟧
env | VAULT_UNSEAL_KEY | ⟦T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5Xq8M=⟧
env | GOOGLE_APPLICATION_CREDENTIALS_JSON | {"type":"service_account","private_key":"⟦-----BEGIN PRI·VATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC⟧"}
env | CONFIG_YAML | db:\n  host: db\n  password: ⟦violet-hammer-7⟧\n  port: 5432
env | INI | [mail]\nuser = shop\npass = ⟦violethammer7⟧
env | NPMRC | //registry.npmjs.org/:_authToken=⟦T5mQ9vLr2Kp8Wn4Zc7Yd⟧
env | PIP_EXTRA_INDEX_URL | https://⟦__token__:T5mQ9vLr2Kp8Wn4⟧@pypi.example.com/simple
env | GIT_REMOTE | https://⟦oauth2:T5mQ9vLr2Kp8Wn4Zc7Yd⟧@git.example.com/shop.git
env | MONGO | mongodb+srv://⟦shop:T5mQ9v%40Lr2⟧@cluster0.x.mongodb.net/?retryWrites=true
env | AMQP | amqps://⟦shop:violethammer⟧@mq.example.com:5671/%2f
env | SQLALCHEMY | mssql+pyodbc://⟦sa:Violet(Hammer)1⟧@db:1433/shop
env | ODBC | Driver={ODBC Driver 18};Server=db;UID=sa;PWD={⟦Violet;Hammer1⟧};
env | CURLRC | user = "shop:⟦violethammer7⟧"
env | ZAPIER | https://hooks.zapier.com/hooks/catch/1234567/⟦b9x2k4q⟧/
env | MATTERMOST | https://chat.example.com/hooks/⟦x8k2q4w9t5m7r1p3z6y0d2f4gh⟧
env | GCHAT | https://chat.googleapis.com/v1/spaces/AAAA/messages?key=⟦T5mQ9vLr2Kp8⟧&token=⟦Wn4Zc7Yd1Fg3Hj6⟧
env | HEALTHCHECK | https://hc-ping.com/⟦6b1e9d3f-7a5c-2b8e-4d0f-6a9c3e7b1d5f⟧
env | PRESIGNED | https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=⟦6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f8a2c4e606b1e9d3f7a5c2b8e4d0f6a9c⟧
env | TAILSCALE | ⟦ts·key-auth-kT5mQ9vLr2CNTRL-Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2B⟧
env | SENTRY | ⟦sn·trys_eyJpYXQiOjE3MDAwMDAwMDB9_T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6⟧
env | FIGMA | ⟦fi·gd_T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2B⟧
env | REPL | ⟦r8·_T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo⟧
env | SQUARE | ⟦EA·AAEOT5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5Xq8Mt4Rw7Lk1Zc3Yd5⟧
env | EC_KEY | ⟦MHcCAQEEIBkT5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2BoAoGCCqGSM49⟧
option | cloud_auth | ⟦elastic:violethammer⟧
option | Http_Api_Key | ⟦T5mQ9vLr2Kp8Wn4==⟧
option | header | DD-API-KEY ⟦6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f⟧
option | header | api-key: ⟦violet-hammer-7⟧
option | headers | x-api-token ⟦T5mQ9vLr2Kp8⟧
option | Set | password ⟦violethammer⟧
option | proxy | http://⟦shop:violethammer⟧@proxy:3128
option | logs_uri | /otlp/v1/logs?api_key=⟦T5mQ9vLr2Kp8⟧
option | splunk_token | ⟦6b1e9d3f-7a5c-2b8e-4d0f-6a9c3e7b1d5f⟧
option | workspace_shared_key | ⟦T5mQ9vLr2Kp8Wn4==⟧
command | - | mariadb -ushop -p'⟦violethammer⟧' -e 'select 1'
command | - | redis-cli -h cache --pass ⟦violethammer⟧ ping
command | - | mongodump --uri="mongodb://⟦shop:violethammer⟧@db/shop"
command | - | kcat -b k:9092 -X sasl.password=⟦violethammer⟧
command | - | aws configure set aws_secret_access_key ⟦T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo5Xq⟧
command | - | htpasswd -nb shop ⟦violethammer⟧
command | - | openssl enc -aes-256-cbc -pass pass:⟦violethammer⟧ -in x
command | - | wget --header='X-Auth-Token: ⟦violethammer7⟧' http://x
command | - | java -Dspring.datasource.password=⟦violethammer⟧ -jar app.jar
command | - | psql 'host=db user=shop password=⟦violethammer⟧ dbname=shop'
command | - | keytool -list -storepass ⟦violethammer⟧ -keystore x.jks
command | - | kubectl create secret generic db --from-literal=password=⟦violethammer⟧
health | - | rabbitmqadmin -u shop -p ⟦violethammer⟧ list queues
health | - | http -a shop:⟦violethammer⟧ :8080/health
health | - | cqlsh -u cassandra -p ⟦violethammer⟧ -e 'describe cluster'
health | - | mysql -uroot --password=⟦violethammer⟧ -e 'select 1'
label | com.datadoghq.ad.instances | [{"host":"%%host%%","username":"datadog","password":"⟦violethammer⟧"}]
label | traefik.http.middlewares.x.headers.customrequestheaders.X-Api-Key | ⟦violet-hammer-7⟧
log | - | Connecting with DSN shop:⟦violethammer⟧@tcp(10.0.0.7:3306)/shop
log | - | [debug] headers: {'X-Api-Key': '⟦violet-hammer-7⟧', 'Accept': '*/*'}
log | - | export DB_PASSWORD="⟦violet hammer⟧"
log | - | args: [--db-password=⟦violethammer⟧ --port=80]
log | - | curl: > Authorization: Basic ⟦c2hvcDp2aW9sZXRoYW1tZXI=⟧
log | - | level=debug msg="login" user=shop pwd=⟦violethammer⟧ ip=10.0.0.7
log | - | Generated root password: ⟦T5m!Q9v,Lr2⟧
log | - | client_secret => ⟦violethammer7⟧
log | - | jdbc:postgresql://db/shop?user=shop&password=⟦violethammer⟧&ssl=true refused
log | - | AWS_SESSION_TOKEN is ⟦FwoGZXIv·YXdzEBYaDT5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo⟧
log | - | git clone https://⟦gh·p_T5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2B⟧@github.com/example/shop
reason | - | Task failed ELB health checks: GET /health?token=⟦violethammer7⟧
reason | - | CannotStartContainerError: exec: "redis-server --requirepass ⟦violethammer⟧": not found
""")

HARMLESS = plants(r"""
env | AUTH_SERVER | ⟦https://login.example.com/oauth2/v2.0⟧
env | AUTH_ENABLED | ⟦false⟧
env | AUTHENTICATION | ⟦ldap⟧
env | SECRET_NAME | ⟦prod/shop/db⟧
env | SECRETS_DIR | ⟦/mnt/secrets⟧
env | SECRET_MANAGER_REGION | ⟦eu-central-1⟧
env | PASSWORD_HASH_ALGORITHM | ⟦argon2id⟧
env | PASSWORD_RESET_URL | ⟦https://shop.example.com/reset⟧
env | PASSWORDLESS | ⟦enabled⟧
env | TOKEN_ENDPOINT | ⟦https://login.example.com/token⟧
env | TOKEN_BUCKET_SIZE | ⟦100⟧
env | CSRF_COOKIE_NAME | ⟦csrftoken⟧
env | SESSION_COOKIE_SAMESITE | ⟦Lax⟧
env | SESSION_DRIVER | ⟦redis⟧
env | KEY_PREFIX | ⟦shop:v2:⟧
env | KEYSTORE_PATH | ⟦/app/keystore.p12⟧
env | KEYSTORE_TYPE | ⟦PKCS12⟧
env | JWT_EXPIRES_IN | ⟦24h⟧
env | JWKS_URI | ⟦https://login.example.com/.well-known/jwks.json⟧
env | API_KEY_REQUIRED | ⟦true⟧
env | ACCESS_KEY_ROTATION_DAYS | ⟦90⟧
env | LICENSE_FILE | ⟦/etc/shop/license.xml⟧
env | LICENSE_TYPE | ⟦Apache-2.0⟧
env | CREDENTIAL_SOURCE | ⟦EcsContainer⟧
env | AWS_CONTAINER_CREDENTIALS_RELATIVE_URI | ⟦/v2/credentials/6b1e9d3f-7a5c-2b8e-4d0f-6a9c3e7b1d5f⟧
env | HASH_SALT_ROUNDS | ⟦12⟧
env | FEATURE_KEYS | ⟦checkout,search,wishlist⟧
env | PARTITION_KEYS | ⟦year,month,day⟧
env | ENCRYPTION_KEY_ARN | ⟦arn:aws:kms:eu-west-1:111122223333:key/6b1e9d3f-7a5c-2b8e-4d0f-6a9c3e7b1d5f⟧
env | WEBHOOK_PATH | ⟦/hooks/github⟧
env | PASS_THROUGH | ⟦enabled⟧
env | SIGNATURE_VERSION | ⟦s3v4⟧
env | PINPOINT_APP | ⟦shop⟧
env | OTP_ISSUER | ⟦Example Shop⟧
env | SEED_DATA | ⟦demo⟧
env | CODE_VERSION | ⟦2024.11.3-rc1⟧
env | OTEL_RESOURCE_ATTRIBUTES | ⟦service.name=shop,deployment.environment=prod,service.version=1.2.3⟧
env | NODE_OPTIONS | ⟦--max-old-space-size=512 --enable-source-maps⟧
env | JAVA_OPTS | ⟦-Xms256m -Xmx512m -Duser.timezone=UTC -XX:+UseG1GC⟧
env | CORS | ⟦https://shop.example.com,https://admin.example.com⟧
env | ALLOWED_HEADERS | ⟦Authorization,X-Api-Key,Content-Type⟧
env | SQS | ⟦https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo⟧
env | TRACE_HEADER | ⟦Root=1-5f84c7a5-6b1e9d3f7a5c2b8e4d0f6a9c;Sampled=1⟧
env | PROFILE | ⟦arn:aws:sts::111122223333:assumed-role/shop/6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f⟧
env | ETAG | ⟦"6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f"⟧
env | HOST_PATTERN | ⟦^[a-z0-9-]+\.example\.com$⟧
env | ALB | ⟦internal-shop-1234567890.eu-west-1.elb.amazonaws.com⟧
env | RDS | ⟦shop.cluster-c9x8y7z6w5v4.eu-west-1.rds.amazonaws.com:5432⟧
env | DISTRIBUTION | ⟦E2QWRUHAPOMQZL⟧
env | SUBNETS | ⟦subnet-0a1b2c3d4e5f60718,subnet-0f1e2d3c4b5a69788⟧
option | Log_Group_Name | ⟦/ecs/shop-$(ecs_task_family)⟧
option | Header | ⟦X-Sumo-Category prod/shop/web⟧
option | Header | ⟦User-Agent fluent-bit/1.9.10⟧
option | Json_date_key | ⟦@timestamp⟧
option | tls.crt_file | ⟦/certs/client.crt⟧
option | external_id | ⟦shop-logs⟧
option | Match_Regex | ⟦^web-firelens-[0-9a-f]+$⟧
option | Parser | ⟦key_value⟧
option | uri | ⟦/services/collector/event⟧
option | uri | ⟦/api/v1/push/shop⟧
command | - | ⟦nginx -p /etc/nginx -g 'daemon off;'⟧
command | - | ⟦docker run -p 8080:80 -u 1000:1000 shop/web⟧
command | - | ⟦mkdir -p /var/log/app2024/x⟧
command | - | ⟦ssh -p2222 host⟧
command | - | ⟦python -m app --token-file /run/token --key-id abc --auth-mode none⟧
health | - | ⟦curl -f http://localhost:8080/health -o /dev/null -b /tmp/cookies.txt⟧
health | - | ⟦mysqladmin ping -h localhost -P 3306⟧
health | - | ⟦redis-cli -a $REDIS_PASSWORD ping⟧
label | com.example.key-rotation | ⟦enabled⟧
label | org.opencontainers.image.revision | ⟦6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f8a2c4e60⟧
log | - | ⟦InvalidClientTokenId: The security token included in the request is invalid⟧
log | - | ⟦SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.⟧
log | - | ⟦AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity⟧
log | - | ⟦error validating token: token has invalid claims: token is expired⟧
log | - | ⟦Secrets Manager can't find the specified secret.⟧
log | - | ⟦KeyError: 'containerName'⟧
log | - | ⟦WRONGPASS invalid username-password pair or user is disabled.⟧
log | - | ⟦NOAUTH Authentication required.⟧
log | - | ⟦ERROR 1045 (28000): Access denied for user 'root'@'172.17.0.5' (using password: NO)⟧
log | - | ⟦FATAL: no pg_hba.conf entry for host "10.0.1.7", user "shop", database "shop", no encryption⟧
log | - | ⟦license: Apache-2.0⟧
log | - | ⟦session: new id=42 user=shop⟧
log | - | ⟦auth: method=oidc provider=cognito⟧
log | - | ⟦x509: certificate signed by unknown authority⟧
log | - | ⟦exit code: 137, reason: OutOfMemoryError⟧
log | - | ⟦key "timestamp" not found in record⟧
log | - | ⟦loaded key from /app/keys/public.pem⟧
log | - | ⟦Waiting for secret rotation to finish⟧
log | - | ⟦please set a password of at least 12 characters⟧
log | - | ⟦token bucket refilled at 100/s⟧
log | - | ⟦author: jane@example.com reviewed-by: joe@example.com⟧
log | - | ⟦cookie: none⟧
reason | - | ⟦ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException⟧
reason | - | ⟦CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.2": unexpected status: 403⟧
""")
