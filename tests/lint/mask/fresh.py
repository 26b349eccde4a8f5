"""Secrets and harmless values of other languages, vendors and file formats, measured before any table was changed for them."""

from __future__ import annotations

from tests.lint.mask.plants import plants

SECRETS = plants(r"""
name | APP__DB__PASSWORD | ⟦velvet-otter⟧
name | AIRFLOW__CORE__FERNET_KEY | ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6Io1=⟧
name | Serilog__WriteTo__0__Args__apiKey | ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7⟧
env | ConnectionStrings__Default | Server=tcp:db.example.com,1433;Initial Catalog=shop;User ID=shop;Password=⟦velvetotter⟧;Encrypt=True
env | ConnectionStrings__Cache | cache.example.com:6380,password=⟦h8Jm3Rv6Ty1Pq9=⟧,ssl=True,abortConnect=False
env | ConnectionStrings__Bus | Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8=⟧
env | JDBC_URL | jdbc:oracle:thin:shop/⟦velvet9otter⟧@//db.example.com:1521/ORCL
env | JDBC_URL | jdbc:sqlserver://db:1433;databaseName=shop;user=sa;password=⟦Velvet0tter!⟧;encrypt=true
env | JDBC_URL | jdbc:postgresql://db:5432/shop?user=shop&password=⟦velvet9otter⟧&sslmode=require
env | SPRING_DATASOURCE_PASSWORD | ⟦velvetotter⟧
env | SPRING_APPLICATION_JSON | {"spring":{"datasource":{"url":"jdbc:mysql://db/shop","password":"⟦velvet9otter⟧"}}}
env | SPRING_RABBITMQ_ADDRESSES | amqp://⟦shop:velvetotter⟧@mq1:5672,amqp://⟦shop:velvetotter⟧@mq2:5672
env | AIRFLOW_CONN_SHOP | postgres://⟦shop:velvetotter⟧@db:5432/shop?sslmode=require
env | AIRFLOW_CONN_HTTP | {"conn_type": "http", "login": "shop", "password": "⟦velvetotter⟧", "host": "api"}
env | AIRFLOW__DATABASE__SQL_ALCHEMY_CONN | postgresql+psycopg2://⟦airflow:velvetotter⟧@db/airflow
env | SECRET_KEY_BASE | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f0e7b1a4d9c2f6e3b8a5d0c7f⟧
env | RAILS_MASTER_KEY | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b⟧
env | APP_KEY | ⟦base64:h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6Io1M=⟧
env | DJANGO_SETTINGS | SECRET_KEY = '⟦v!x3q@z9r#m2k$t7w&n5p⟧'
env | NPM_CONFIG | //npm.example.com/:_authToken=⟦h8Jm3Rv6Ty1Pq9Ws4Xe7⟧
env | NPMRC_OLD | registry=https://npm.example.com/\n_auth=⟦c2hvcDp2ZWx2ZXRvdHRlcg==⟧\nalways-auth=true
env | PIP_INDEX_URL | https://⟦build:velvetotter⟧@pypi.example.com/simple/
env | UV_INDEX | internal=https://⟦ci:h8Jm3Rv6Ty1⟧@pkgs.example.com/simple
env | GOPRIVATE_NETRC | machine git.example.com login ci password ⟦velvetotter⟧
env | GIT_URL | https://⟦x-access-token:h8Jm3Rv6Ty1Pq9Ws4Xe7⟧@git.example.com/shop/web.git
env | COMPOSER_AUTH | {"http-basic":{"repo.example.com":{"username":"ci","password":"⟦velvetotter⟧"}}}
env | MAVEN_SETTINGS | <servers><server><id>x</id><username>ci</username><password>⟦velvetotter⟧</password></server></servers>
env | GRADLE_PROPERTIES | org.gradle.jvmargs=-Xmx1g\nsigning.password=⟦velvetotter⟧\nnexusUsername=ci
env | NUGET | <add key="ClearTextPassword" value="⟦velvetotter⟧" />
env | KUBECONFIG_DATA | users:\n- name: ci\n  user:\n    token: ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5⟧\n    username: ci
env | KUBECONFIG_CERT | client-key-data: ⟦LS0tLS1CRUdJTi·BSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlF⟧
env | BASIC_HEADER | Authorization: Basic ⟦c2hvcDp2ZWx2ZXRvdHRlcg==⟧
env | EXTRA_HEADERS | X-Api-Key=⟦h8Jm3Rv6Ty1Pq9Ws4⟧,X-Env=prod
env | OTEL_EXPORTER_OTLP_HEADERS | api-key=⟦h8Jm3Rv6Ty1Pq9Ws4Xe7⟧
env | OTEL_EXPORTER_OTLP_HEADERS | Authorization=Basic%20⟦c2hvcDp2ZWx2ZXRvdHRlcg==⟧
env | CONFIG_TOML | [db]\nuser = "shop"\npassword = "⟦velvet otter 9⟧"\nport = 5432
env | CONFIG_PROPERTIES | mail.smtp.user=shop\nmail.smtp.password=⟦velvetotter⟧\nmail.smtp.port=587
env | CONFIG_HCL | provider "x" {\n  api_token = "⟦h8Jm3Rv6Ty1Pq9⟧"\n}
env | CONFIG_PHP | define('DB_PASSWORD', '⟦velvet9otter⟧');
env | CONFIG_RUBY | { :adapter => "mysql2", :password => "⟦velvet9otter⟧" }
env | LIBPQ | host=db port=5432 user=shop password=⟦velvetotter⟧ dbname=shop
env | ADO | Provider=SQLOLEDB;Data Source=db;User Id=sa;Pwd=⟦velvetotter⟧
env | CELERY_BROKER_URL | sqs://⟦AK·IAR5WQ2MZKX7LTPN3B:h8Jm3Rv6%2FTy1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6I⟧@
env | SMTP_URL | smtps://⟦mailer%40example.com:velvetotter⟧@smtp.example.com:465
env | LDAP_URL | ldap://⟦cn=admin:velvetotter⟧@ldap.example.com
env | MEMCACHED | user:⟦velvetotter9⟧@cache.example.com:11211
env | CLICKHOUSE | clickhouse://default:⟦velvetotter⟧@ch:9000/default
env | SNOWFLAKE | snowflake://⟦shop:velvetotter⟧@acct.eu-west-1/db/schema?warehouse=wh
env | PLAIN | ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf⟧
env | ENCRYPTION | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f0e7b1a4d9c2f6e3b8a5d0c7f⟧
env | LDAP_BIND | ⟦Tr0ub4dor&3⟧
env | DISCORD | ⟦MTA0ODU3NjAwMDEyMzQ1Njc4·.GhJkLm.h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6⟧
env | BLOB | ⟦cGFzc3dvcmQ9dmVsdmV0b3R0ZXI=⟧
env | BLOB | ⟦eyJwYXNzd29yZCI6InZlbHZldG90dGVyIiwidXNlciI6InNob3AifQ==⟧
env | ELASTIC | https://⟦elastic:velvetotter⟧@es.example.com:9243
env | SUPABASE_SERVICE | ⟦ey·JhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyb2xlIjoic2VydmljZSJ9.h8Jm3Rv6Ty1Pq9Ws4Xe7⟧
env | MIXPANEL_TOKEN | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b⟧
env | AMPLITUDE_API_KEY | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b⟧
env | BASE | ⟦pa·tT5mQ9vLr2Kp8Wn.6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f8a2c4e606b1e9d3f7a5c2b8e4d0f6a9c⟧
env | PIPELINES | ⟦pa·t.T5mQ9vLr2Kp8Wn4Zc7Yd1F.6b1e9d3f7a5c2b8e4d0f6a9c.T5mQ9vLr2Kp8Wn4Zc7Yd⟧
env | SPANS | ⟦hc·qik_01hqzq8xw2lp9vt4kd7rm1sb6nc3hf5jg0ty2uawe8qx⟧
env | LETTERS | ⟦li·ve_6b1e9d3f7a5c2b8e4d0f6a9c3e7b1d5f8a2⟧
env | GEO | ⟦T5mQ9v_Lr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi·_mmk⟧
env | WAREHOUSE | ⟦4b·1dT5mQ9vLr2Kp8Wn4Zc7Yd1Fg3Hj6Sa0EuVi2Bo⟧
env | NETWORK | ⟦dn·key-T5MQ9VLR2KP8WN4ZC7YD1FG3HJ-T5MQ9VLR2KP8WN4ZC7YD1FG3HJ6SA0EUVI2BO5XQ8MT4RW7LK1⟧
env | CHAIN | ⟦sm·_pat_T5mQ9vLr2Kp8Wn4Z⟧
env | OLD_VAULT | ⟦s.T5mQ·9vLr2Kp8Wn4Zc7Yd1Fg3H⟧
env | AGE_IDENTITY | # created: 2024-01-01\n⟦AGE-SECRET·-KEY-1XQZPRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE⟧
option | HTTP_User_Pass | ⟦velvetotter⟧
option | Header | Proxy-Authorization Basic ⟦c2hvcDp2ZWx2ZXRvdHRlcg==⟧
option | Header | X-Auth-Key ⟦velvetotter⟧
option | azure_shared_key | ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8==⟧
option | Secret_Access_Key | ⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8⟧
option | account_token | ⟦velvetotter⟧
option | uri | /v1/logs?apikey=⟦velvetotter9⟧
option | Format_Token | ⟦h8Jm3Rv6Ty1Pq9⟧
command | - | curl -H "Authorization: Token ⟦h8Jm3Rv6Ty1Pq9Ws⟧" https://api.example.com
command | - | curl -H 'PRIVATE-TOKEN: ⟦velvetotter9⟧' https://git.example.com
command | - | curl --user ci:⟦velvetotter⟧ https://x
command | - | curl --oauth2-bearer ⟦velvetotter9⟧ https://x
command | - | env PGPASSWORD=⟦velvetotter⟧ pg_dump -h db shop
command | - | java -Dhttp.proxyPassword=⟦velvetotter⟧ -Ddb.pass=⟦velvetotter⟧ -jar a.jar
command | - | dotnet app.dll --ConnectionStrings:Default='Server=db;Password=⟦velvetotter⟧'
command | - | psql postgresql://⟦shop:velvetotter⟧@db/shop -c 'select 1'
command | - | echo ⟦velvetotter9⟧ | docker login --username ci --password-stdin registry.example.com
command | - | echo '⟦velvetotter9⟧' | docker login -u ci --password-stdin
command | - | printf %s ⟦velvetotter9⟧ | helm registry login -u ci --password-stdin x
command | - | docker login -u ci --password-stdin registry.example.com <<< ⟦velvetotter9⟧
command | - | sh -c 'export API_TOKEN=⟦velvetotter⟧ && exec app'
command | - | helm upgrade x ./x --set auth.password=⟦velvetotter⟧,replicas=2
command | - | flyway -user=shop -password=⟦velvetotter⟧ migrate
command | - | liquibase --username=shop --password=⟦velvetotter⟧ update
command | - | consul kv get -token=⟦velvetotter9⟧ x
command | - | newman run x --env-var apiKey=⟦velvetotter9⟧
health | - | wget -q --http-password=⟦velvetotter⟧ --http-user=ci -O- http://localhost
health | - | mongosh "mongodb://⟦root:velvetotter⟧@localhost/admin" --eval 1
health | - | curl -sf -H 'X-Health-Token: ⟦velvetotter9⟧' localhost:8080
health | - | nc -z localhost 80 && AUTH_TOKEN=⟦velvetotter9⟧ ./probe
label | com.example.api-key | ⟦velvetotter9⟧
label | traefik.http.middlewares.b.basicauth.users | ci:⟦$2b·$10$h8Jm3Rv6Ty1Pq9Ws4Xe7ZOc2Bn5Lk0Gf8Dd3Ua6Io1Mh8Jm3Rv6⟧
log | - | DEBUG cookie JSESSIONID=⟦4C8F1B7E9A2D6C3F5E0B8A7D1C4F9E2B⟧ accepted
log | - | GET https://shop.example.com/reset?t=⟦h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6Io⟧ 200
log | - | $ echo '⟦velvetotter9⟧' | docker login --password-stdin
log | - | Set-Cookie: connect.sid=⟦s%3Ah8Jm3Rv6Ty1Pq9Ws4⟧; Path=/; HttpOnly
log | - | {"msg":"req","headers":{"authorization":"Bearer ⟦h8Jm3Rv6Ty1Pq9⟧","host":"x"}}
log | - | Hikari: jdbcUrl=jdbc:mysql://db/shop?user=shop&password=⟦velvetotter⟧ failed
log | - | org.postgresql: FATAL at postgres://⟦shop:velvetotter⟧@db:5432/shop
log | - | registering {"name": "DB_PASSWORD", "value": "⟦velvetotter⟧"}, {"name": "MODE", "value": "prod"}
log | - | body="{\"name\": \"DB_PASSWORD\", \"value\": \"⟦velvetotter⟧\"}"
log | - | Running ['mysql', '--password', '⟦velvetotter⟧', '--host', 'db']
log | - | sh -c "curl -s -u ci:⟦velvetotter⟧ http://x | jq ."
env | SETUP | System.setProperty("db.password", "⟦velvet9otter⟧");
log | - | spring.datasource.password: ⟦velvetotter9⟧
log | - | ActionController params: {"user"=>{"email"=>"a@b.c", "password"=>"⟦velvetotter⟧"}}
log | - | System.Data: cannot open 'Server=db;User Id=sa;Password=⟦velvetotter⟧;'
log | - | os.environ["DB_PASSWORD"] = "⟦velvetotter⟧"
command | - | echo ⟦app:velvetotter⟧ | chpasswd
log | - | your one-time password is ⟦velvet9otter⟧
log | - | + export GITHUB_TOKEN=⟦gh·s_h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3U⟧
log | - | WARN  Using generated security password: ⟦6b1e9d3f-7a5c-4b8e-8d0f-6a9c3e7b1d5f⟧
reason | - | CannotStartContainerError: OCI: exec "curl -u ci:⟦velvetotter⟧ http://x": executable not found
reason | - | ResourceInitializationError: unable to log in with Basic ⟦c2hvcDp2ZWx2ZXRvdHRlcg==⟧
""")

HARMLESS = plants(r"""
env | APP__DB__HOST | ⟦db.internal⟧
env | AIRFLOW__CORE__EXECUTOR | ⟦CeleryExecutor⟧
env | AIRFLOW__CORE__DAGS_FOLDER | ⟦/opt/airflow/dags⟧
env | ConnectionStrings__Provider | ⟦System.Data.SqlClient⟧
env | ConnectionStrings__Local | ⟦Server=db;Database=shop;Integrated Security=true⟧
env | JDBC_URL | ⟦jdbc:postgresql://db.internal:5432/shop?sslmode=require&currentSchema=app⟧
env | JDBC_URL | ⟦jdbc:oracle:thin:@//db.internal:1521/ORCL⟧
env | SPRING_DATASOURCE_URL | ⟦jdbc:mysql://db.internal:3306/shop?useSSL=true⟧
env | SPRING_PROFILES_ACTIVE | ⟦prod,eu-west-1⟧
env | SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI | ⟦https://login.example.com/realms/shop⟧
env | MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE | ⟦health,info,prometheus⟧
env | DJANGO_SETTINGS_MODULE | ⟦shop.settings.production⟧
env | SESSION_COOKIE_AGE | ⟦1209600⟧
env | CSRF_TRUSTED_ORIGINS | ⟦https://*.example.com⟧
env | RAILS_ENV | ⟦production⟧
env | RAILS_LOG_TO_STDOUT | ⟦enabled⟧
env | LARAVEL_CACHE_DRIVER | ⟦redis⟧
env | ASPNETCORE_URLS | ⟦http://+:8080⟧
env | ASPNETCORE_FORWARDEDHEADERS_ENABLED | ⟦true⟧
env | DOTNET_GCHeapHardLimit | ⟦1F400000⟧
env | NPM_CONFIG_REGISTRY | ⟦https://registry.npmjs.org/⟧
env | PIP_INDEX_URL | ⟦https://pypi.org/simple⟧
env | GOPROXY | ⟦https://proxy.golang.org,direct⟧
env | GOFLAGS | ⟦-mod=vendor -trimpath⟧
env | JAVA_OPTS | ⟦-Djava.security.egd=file:/dev/./urandom -Dfile.encoding=UTF-8⟧
env | JAVA_TOOL_OPTIONS | ⟦-javaagent:/otel/opentelemetry-javaagent-2.9.0.jar⟧
env | OTEL_EXPORTER_OTLP_HEADERS | ⟦x-scope-orgid=tenant1,x-env=prod⟧
env | OTEL_EXPORTER_OTLP_ENDPOINT | ⟦http://localhost:4317⟧
env | BUILD_SHA | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f⟧
env | SENTRY_RELEASE | ⟦shop@4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f⟧
env | IMAGE_DIGEST | ⟦sha256:4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f0e7b1a4d9c2f6e3b8a5d0c7f⟧
env | CHECKSUM | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f0e7b1a4d9c2f6e3b8a5d0c7f⟧
env | INTEGRITY | ⟦sha512-h8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6Io1Mh8Jm3Rv6Ty1Pq9Ws4Xe7Zc2Bn5Lk0Gf8Dd3Ua6Io1Mh8Jm3w==⟧
env | USER_POOL | ⟦eu-west-1_h8Jm3Rv6T⟧
env | USER_POOL_CLIENT | ⟦4c8f1b7e9a2d6c3f5e0b8a7d1c⟧
env | HOSTED_ZONE | ⟦Z0423791H8JM3RV6TY1P⟧
env | API_GATEWAY | ⟦https://h8jm3rv6ty.execute-api.eu-west-1.amazonaws.com/prod⟧
env | S3_URI | ⟦s3://shop-artifacts-eu-west-1/builds/4c8f1b7e9a2d6c3f/app.zip⟧
env | EFS | ⟦fs-0a1b2c3d4e5f60718.efs.eu-west-1.amazonaws.com:/data⟧
env | SECURITY_GROUP | ⟦sg-0a1b2c3d4e5f60718⟧
env | GA_MEASUREMENT | ⟦G-H8JM3RV6TY⟧
env | FIREBASE_PROJECT | ⟦shop-prod-4c8f1⟧
env | AZURE_TENANT | ⟦6b1e9d3f-7a5c-4b8e-8d0f-6a9c3e7b1d5f⟧
env | PASSWORD_ENCODER | ⟦bcrypt⟧
env | SECRET_VERSION_STAGE | ⟦AWSCURRENT⟧
env | VAULT_ADDR | ⟦https://vault.example.com:8200⟧
env | SSH_AUTH_SOCK | ⟦/tmp/ssh-agent.sock⟧
env | TOKEN_PATH | ⟦/var/run/secrets/kubernetes.io/serviceaccount/token⟧
env | REDIS_KEY_PREFIX | ⟦shop:cache:v3:⟧
env | FEATURE_FLAGS | ⟦{"newCheckout":true,"tokenRefresh":false,"sessionReplay":"sampled"}⟧
env | LOG_FORMAT | ⟦%d{HH:mm:ss} [%thread] %-5level %logger{36} - %msg%n⟧
env | CLASS_FILE | ⟦s.internal.example.com,pat.internal.example.com⟧
env | BUNDLE | ⟦/assets/app.js?hash=4c8f1b7e9a2d6c3f5e0b⟧
env | DISK | ⟦pattern_disk-ssd_task-runner-2⟧
env | ROUTE_TABLE | ⟦VpcPublicSubnet1RouteTable6C95E38E⟧
env | GREETINGS | ⟦PDE0PjEgMjAyMy0xMS0xNFQyMjoxMzoyMC4xMjM0NTZaIC0gLSAtIC0gLSDvu79HRVQgL2hlYWx0aCAyMDAK⟧
env | DB_PASSWORD | ⟦/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/DB_PASSWORD⟧
option | Uri | ⟦arn:aws:apigateway:${AWS::Region}:s3:path/shop⟧
env | CRON | ⟦0 3 * * 1-5⟧
env | REGEX | ⟦^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$⟧
env | ALLOWED_HOSTS | ⟦shop.example.com,10.0.1.7,localhost⟧
env | TITLE | ⟦Shop: password-free sign-in⟧
env | SVG | ⟦data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk⟧
env | CLASSES | ⟦com.example.auth.TokenAuthenticationFilter,com.example.auth.SessionFilter⟧
option | Header | ⟦Accept application/json⟧
option | Header | ⟦X-Request-Source fargate⟧
option | compress | ⟦gzip⟧
option | Http_User | ⟦shop⟧
option | Regex | ⟦log ^(?<token>[a-z]+)=(?<key>[^ ]+)$⟧
option | uri | ⟦/loki/api/v1/push⟧
option | Record | ⟦git_sha 4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b6a3d8c5f⟧
log | - | ⟦redacting ["password", "token", "apiKey"] from records⟧
log | - | ⟦filter_parameters: ('password', 'secret', 'email')⟧
log | - | ⟦args ['--token', '--verbose', '--auth', 'ldap']⟧
env | NAMES | ⟦[{"name": "TOKEN_TTL", "value": "15m"}, {"name": "key", "value": "sort"}]⟧
command | - | ⟦echo starting | tee /var/log/start.log⟧
command | - | ⟦echo ready && docker login --username ci --password-stdin registry.example.com⟧
command | - | ⟦cat /run/secrets/token | docker login -u ci --password-stdin⟧
command | - | ⟦echo $DOCKER_TOKEN | docker login -u AWS --password-stdin⟧
command | - | ⟦aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin x⟧
command | - | ⟦java -Xmx512m -Dspring.config.location=/app/config/ -jar app.jar⟧
command | - | ⟦curl -H "Accept: application/json" -H "X-Request-Id: 6b1e9d3f" http://localhost⟧
command | - | ⟦gunicorn shop.wsgi -b 0.0.0.0:8000 -w 4 -k uvicorn.workers.UvicornWorker⟧
command | - | ⟦nginx -c /etc/nginx/nginx.conf -p /srv⟧
command | - | ⟦celery -A shop worker -Q orders,mail --prefetch-multiplier=1⟧
health | - | ⟦pg_isready -U shop -d shop -h localhost⟧
health | - | ⟦wget -q --spider http://localhost:8080/actuator/health⟧
log | - | ⟦o.s.s.w.a.AnonymousAuthenticationFilter: Set SecurityContextHolder to anonymous SecurityContext⟧
log | - | ⟦HikariPool-1 - Added connection conn0: url=jdbc:h2:mem:6b1e9d3f-7a5c-4b8e-8d0f-6a9c3e7b1d5f user=SA⟧
log | - | ⟦Started POST "/password/reset" for 10.0.1.7 at 2024-11-03 10:00:00 +0000⟧
log | - | ⟦cookie policy accepted by user 42⟧
log | - | ⟦the session cookie JSESSIONID is missing⟧
log | - | ⟦GET /search?t=shoes&page=2 200 12ms⟧
log | - | ⟦GET /video?t=1h20m 200⟧
log | - | ⟦ERR_MODULE_NOT_FOUND: Cannot find package 'jsonwebtoken' imported from /app/auth.js⟧
log | - | ⟦npm ERR! code E401 npm ERR! Unable to authenticate, need: Basic realm="registry"⟧
log | - | ⟦fatal: Authentication failed for 'https://git.example.com/shop/web.git/'⟧
log | - | ⟦django.db.utils.OperationalError: FATAL: password authentication failed for user "shop"⟧
log | - | ⟦System.ArgumentNullException: Value cannot be null. (Parameter 'connectionString')⟧
log | - | ⟦etag W/"4c8f1b7e9a2d6c3f5e0b8a7d1c4f9e2b" not modified⟧
reason | - | ⟦CannotPullContainerError: ref pull has been retried 1 time(s): unexpected status from HEAD request to https://h8jm.example.com/v2/shop/manifests/1.2.3: 401 Unauthorized⟧
""")
