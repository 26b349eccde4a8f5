"""Causes of a destination's refusal, by HTTP status, AWS error code or Elasticsearch type."""

from __future__ import annotations

import re

from fargate_lint.source.patterns import lazily

DENIED_CODES = frozenset({
    "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationErrorException",
    "KMSAccessDeniedException", "AllAccessDisabled", "NotAuthorized",
})  # fmt: skip
CREDENTIAL_CODES = frozenset({
    "ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId",
    "InvalidSignatureException", "SignatureDoesNotMatch", "MissingAuthenticationToken",
    "MissingAuthenticationTokenException", "IncompleteSignature", "InvalidAccessKeyId",
    "MissingCredentialsError", "InvalidToken", "TokenRefreshRequired", "RequestTimeTooSkewed",
    "RequestExpired", "OptInRequired", "SubscriptionRequiredException",
})  # fmt: skip
MISSING_CODES = frozenset({
    "ResourceNotFoundException", "NoSuchBucket", "NoSuchKey", "PermanentRedirect",
    "AuthorizationHeaderMalformed", "TemporaryRedirect", "IllegalLocationConstraintException",
    "NoSuchKMSKey", "KMSNotFoundException", "InvalidKMSResourceException",
})  # fmt: skip
SERVER_CODES = frozenset({
    "InternalFailure", "InternalServerError", "InternalServerException", "InternalError",
    "RequestTimeout", "RequestTimeoutException", "NoSuchUpload", "InvalidPart", "InvalidPartOrder",
    "UnknownOperationException", "NotImplemented", "MethodNotAllowed", "KMSDisabledException",
    "KMSInvalidStateException",
})  # fmt: skip
INVALID_CODES = frozenset({
    "InvalidParameterException", "InvalidArgumentException", "SerializationException",
    "ValidationException",
})  # fmt: skip
THROTTLED_CODES = frozenset({
    "LimitExceededException", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
    "ServiceUnavailable", "ServiceUnavailableException", "SlowDown", "Throttling",
    "ThrottlingException", "TooManyRequestsException", "KMSThrottlingException", "Throttled",
    "ThrottledException", "RequestThrottled", "BandwidthLimitExceeded",
})  # fmt: skip
TOO_LARGE = lazily(r"too large|exceeds|size limit|larger than|less than or equal to \d{5}")
HAS_MESSAGE = lazily(r"message='|Exception: \w")
NAMES_A_NAME = lazily(r"log_?(?:group|stream)_?name|regular expression", re.IGNORECASE)
CAUSE_OF_TYPE = {
    "security_exception": "destination-access-denied",
    "authorization_exception": "destination-access-denied",
    "cluster_block_exception": "destination-error",
    "unavailable_shards_exception": "destination-error",
    "es_rejected_execution_exception": "destination-throttled",
    "circuit_breaking_exception": "destination-throttled",
    "index_not_found_exception": "log-destination-missing",
}
#: Beginnings of the names of outputs that call AWS with the task's role.
AWS_PLUGINS = ("cloudwatch", "firehose", "kinesis", "s3")


def cause_of_code(code: str, text: str) -> str:
    """The cause that an AWS error code points to, given its line."""
    if code in DENIED_CODES:
        return "task-role-permission-missing"
    if code in CREDENTIAL_CODES:
        return "no-aws-credentials"
    if code in MISSING_CODES:
        return "log-destination-missing"
    if code in SERVER_CODES:
        return "destination-error"
    if code in INVALID_CODES:
        if TOO_LARGE.search(text):
            return "record-too-large"
        # Fluent Bit before 1.9 prints the code alone, and usually means a name.
        bare = code == "InvalidParameterException" and HAS_MESSAGE.search(text) is None
        named = bare or NAMES_A_NAME.search(text)
        return "cloudwatch-name-invalid" if named else "destination-rejects-records"
    if code in THROTTLED_CODES:
        return "destination-throttled"
    # The service did answer: it rejects something in the request.
    return "record-too-large" if code == "EntityTooLarge" else "destination-rejects-records"


def cause_of_status(status: str) -> str:
    """The cause that an HTTP status points to, "" for a success."""
    number = int(status)
    if number < 400:
        return ""
    if number in {401, 403, 407}:
        return "destination-access-denied"
    if number == 429:
        return "destination-throttled"
    if number == 413:
        return "record-too-large"
    return "destination-error" if number >= 500 else "destination-rejects-records"


def cause_of_type(kind: str) -> str:
    """The cause that an exception type of Elasticsearch or OpenSearch points to."""
    return CAUSE_OF_TYPE.get(kind, "destination-rejects-records")
