"""What a destination's refusal points to: HTTP statuses, codes of AWS, types of Elasticsearch."""

from __future__ import annotations

import re

DENIED = frozenset({
    "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationErrorException",
    "KMSAccessDeniedException", "AllAccessDisabled", "NotAuthorized",
})  # fmt: skip
NO_CREDENTIALS = frozenset({
    "ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId",
    "InvalidSignatureException", "SignatureDoesNotMatch", "MissingAuthenticationToken",
    "MissingAuthenticationTokenException", "IncompleteSignature", "InvalidAccessKeyId",
    "MissingCredentialsError", "InvalidToken", "TokenRefreshRequired", "RequestTimeTooSkewed",
    "RequestExpired", "OptInRequired", "SubscriptionRequiredException",
})  # fmt: skip
MISSING = frozenset({
    "ResourceNotFoundException", "NoSuchBucket", "NoSuchKey", "PermanentRedirect",
    "AuthorizationHeaderMalformed", "TemporaryRedirect", "IllegalLocationConstraintException",
    "NoSuchKMSKey", "KMSNotFoundException", "InvalidKMSResourceException",
})  # fmt: skip
SERVER = frozenset({
    "InternalFailure", "InternalServerError", "InternalServerException", "InternalError",
    "RequestTimeout", "RequestTimeoutException", "NoSuchUpload", "InvalidPart", "InvalidPartOrder",
    "UnknownOperationException", "NotImplemented", "MethodNotAllowed", "KMSDisabledException",
    "KMSInvalidStateException",
})  # fmt: skip
INVALID = frozenset({
    "InvalidParameterException", "InvalidArgumentException", "SerializationException",
    "ValidationException",
})  # fmt: skip
THROTTLED = frozenset({
    "LimitExceededException", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
    "ServiceUnavailable", "ServiceUnavailableException", "SlowDown", "Throttling",
    "ThrottlingException", "TooManyRequestsException", "KMSThrottlingException", "Throttled",
    "ThrottledException", "RequestThrottled", "BandwidthLimitExceeded",
})  # fmt: skip
TOO_LARGE = re.compile(r"too large|exceeds|size limit|larger than|less than or equal to \d{5}")
MESSAGE = re.compile(r"message='|Exception: \w")
NAME = re.compile(r"log_?(?:group|stream)_?name|regular expression", re.IGNORECASE)
TYPES = {
    "security_exception": "destination-access-denied",
    "authorization_exception": "destination-access-denied",
    "cluster_block_exception": "destination-error",
    "unavailable_shards_exception": "destination-error",
    "es_rejected_execution_exception": "destination-throttled",
    "circuit_breaking_exception": "destination-throttled",
    "index_not_found_exception": "log-destination-missing",
}
#: Outputs that speak to AWS with the task's role.
OF_AWS = ("cloudwatch", "firehose", "kinesis", "s3")


def of_code(code: str, text: str) -> str:
    """The cause that a code of AWS points to, given the line that it stands in."""
    if code in DENIED:
        return "task-role-permission-missing"
    if code in NO_CREDENTIALS:
        return "no-aws-credentials"
    if code in MISSING:
        return "log-destination-missing"
    if code in SERVER:
        return "destination-error"
    if code in INVALID:
        if TOO_LARGE.search(text):
            return "record-too-large"
        # Fluent Bit before 1.9 gives the code alone: that is a name's, as a rule.
        bare = code == "InvalidParameterException" and MESSAGE.search(text) is None
        named = bare or NAME.search(text)
        return "cloudwatch-name-invalid" if named else "destination-rejects-records"
    if code in THROTTLED:
        return "destination-throttled"
    # What is not known was answered at least: the service did not like something of the request.
    return "record-too-large" if code == "EntityTooLarge" else "destination-rejects-records"


def of_status(status: str) -> str:
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


def of_type(kind: str) -> str:
    """The cause that a type of exception of Elasticsearch or OpenSearch points to."""
    return TYPES.get(kind, "destination-rejects-records")
