"""Every kind of problem that the simulator of Fluent Bit finds: who reports it, what it means.

Causes are those of `causes.json`.
"""

from __future__ import annotations


class Kind:
    """One kind of problem. `rule` is the name of the rule that reports it.

    `cause` is what it points to in a ticket, "" for nothing. With `mild`, it does so also where
    Fluent Bit starts all the same.
    """

    __slots__ = ("cause", "mild", "rule")

    def __init__(self, rule: str, cause: str = "", *, mild: bool = True) -> None:
        self.rule = rule
        self.cause = cause
        self.mild = mild


_VALUE = "option-value-invalid"
_SYNTAX = "config-syntax-error"

KINDS = {
    "bad-accessor": Kind("flb-regex-invalid", _VALUE),
    "bad-address": Kind("flb-number-invalid", "port-already-in-use", mild=False),
    "bad-bool": Kind("flb-boolean-invalid", _VALUE, mild=False),
    "bad-enum": Kind("flb-value-unknown", _VALUE),
    "bad-flush": Kind("flb-number-invalid", _VALUE),
    "bad-key-format": Kind("flb-value-unknown", _VALUE),
    "bad-label": Kind("flb-value-unknown", _VALUE),
    "bad-number": Kind("flb-number-invalid", _VALUE, mild=False),
    "bad-operation": Kind("flb-words-invalid", _VALUE),
    "bad-port": Kind("flb-number-invalid", _VALUE),
    "bad-regex": Kind("flb-regex-invalid", _VALUE),
    "bad-retry-limit": Kind("flb-retry-limit-invalid", _VALUE),
    "bad-size": Kind("flb-number-invalid", _VALUE),
    "byte-order-mark": Kind("flb-syntax", _VALUE),
    "config-missing": Kind("flb-file-missing", "config-file-missing"),
    "daemon": Kind("flb-daemon", _VALUE, mild=False),
    "delivered-twice": Kind("flb-delivered-twice"),
    "deprecated-option": Kind("flb-option-deprecated", _VALUE, mild=False),
    "directive": Kind("flb-syntax", _VALUE),
    "dropped-property": Kind("flb-argument-refused", "command-line-invalid"),
    "duplicate-option": Kind("flb-duplicate-option", _VALUE),
    "ellipsis": Kind("flb-syntax", _SYNTAX),
    "emitter-name": Kind("flb-emitter-name-taken", _VALUE),
    "empty-value": Kind("flb-value-empty", "unknown-option"),
    "exclusive-options": Kind("flb-options-exclusive", "required-option-missing"),
    "file-missing": Kind("flb-file-missing", "config-file-missing"),
    "filter-without-match": Kind("flb-filter-without-match", "records-not-routed"),
    "firelens-input-repeated": Kind("flb-firelens-input-repeated"),
    "forward-loop": Kind("flb-log-loop"),
    "go-plugin-not-loaded": Kind("plugin-name-unknown", "go-plugin-not-loaded"),
    "group": Kind("flb-syntax", _SYNTAX),
    "header": Kind("flb-syntax", _SYNTAX),
    "header-indented": Kind("flb-syntax", _SYNTAX),
    "ignored-match": Kind("flb-argument-refused"),
    "ignored-option": Kind("flb-unknown-option"),
    "include-missing": Kind("flb-file-missing", "config-file-missing"),
    "include-twice": Kind("flb-include-twice", "config-file-missing"),
    "indentation": Kind("flb-indentation", _SYNTAX),
    "line-too-long": Kind("flb-syntax", _SYNTAX),
    "logs-unrouted": Kind("no-output-configured"),
    "lua-function": Kind("flb-lua-invalid", _VALUE),
    "lua-syntax": Kind("flb-lua-invalid", _VALUE),
    "match-without-tag": Kind("flb-match-without-tag"),
    "missing-name": Kind("flb-name-missing", _SYNTAX),
    "missing-option": Kind("flb-required-option-missing", "required-option-missing"),
    "option-too-new": Kind("flb-option-too-new", "unknown-option"),
    "orphan-property": Kind("flb-argument-refused", "command-line-invalid"),
    "output-without-match": Kind("flb-output-without-match", "records-not-routed"),
    "pair-outside": Kind("flb-syntax", _SYNTAX),
    "parser-file": Kind("flb-parser-refused", "parser-not-found"),
    "parsers-missing": Kind("flb-file-missing", "parser-not-found"),
    "parsers-refused": Kind("flb-parser-refused", "parser-not-found"),
    "plugin-not-loaded": Kind("flb-file-missing", "go-plugin-not-loaded"),
    "plugin-too-new": Kind("plugin-name-unknown", "plugin-unknown"),
    "plugins-not-here": Kind("flb-section-misplaced", "go-plugin-not-loaded"),
    "port-taken": Kind("flb-port-taken", "port-already-in-use"),
    "required-option": Kind("flb-required-option-missing", "required-option-missing"),
    "rewrite-loop": Kind("flb-log-loop", "records-not-routed"),
    "scheduler-cap": Kind("flb-number-invalid", "fluent-bit-crash"),
    "section-not-here": Kind("flb-section-misplaced", _SYNTAX),
    "set-without-value": Kind("flb-syntax", _SYNTAX),
    "socket-folder": Kind("flb-file-missing", "firelens-user-not-root"),
    "storage-path": Kind("flb-storage-without-path", "storage-unusable"),
    "storage-sync": Kind("flb-value-unknown", _VALUE),
    "storage-without-path": Kind("flb-storage-without-path", "storage-unusable"),
    "syslog-udp-tls": Kind("flb-tls-unsupported", _VALUE),
    "tls-file-missing": Kind("flb-file-missing", "tls-failure"),
    "tls-unsupported": Kind("flb-tls-unsupported", _VALUE),
    "too-few-words": Kind("flb-words-invalid", _VALUE),
    "too-many-words": Kind("flb-words-invalid", _VALUE),
    "undefined-parser": Kind("flb-parser-undefined", "parser-not-found"),
    "undefined-variable": Kind("flb-variable-undefined", "environment-variable-unset"),
    "unknown-option": Kind("flb-unknown-option", "unknown-option"),
    "unknown-plugin": Kind("plugin-name-unknown", "plugin-unknown"),
    "unknown-section": Kind("flb-unknown-section", _SYNTAX),
    "usage": Kind("flb-argument-refused", "command-line-invalid"),
    "value-empty": Kind("flb-value-empty", _SYNTAX),
    "value-missing": Kind("flb-syntax", _SYNTAX),
    "workdir-missing": Kind("flb-file-missing", _VALUE),
    "yaml": Kind("flb-yaml-refused", _SYNTAX),
    "yaml-in-classic": Kind("flb-yaml-in-classic-file", _VALUE),
}
