"""How much each sign speaks for its cause, from 0 to 100, and why: all weights of a diagnosis.

A weight is a rank, not a probability: it says which thresholds a sign reaches, and which signs of
other causes it outranks. Negative entries, and those whose reason begins with "Added", change
another one.
"""

from __future__ import annotations

# Thresholds.

#: A cause is likely from here on: something names it, or nothing else explains what was seen.
LIKELY = 55
#: A cause is confirmed from here on if the linter has an error for it: two signs agree.
BACKED = 40
#: A cause below this is left out when another is found: it is one guess among several.
FAINT = 30
#: A fault of the definition is confirmed from here on: the end that it leads to was seen.
END_SEEN = 81
#: Added when the definition shows the same fault, which decides between two equal signs.
SUPPORTED = 2
#: What is harmless or ruled out is not ranked.
NOTHING = 0

# A start of Fluent Bit that failed, or that went on with a fault.

#: The router names the fault and ends. The first fault is the cause, the rest may follow from it.
START_FAULT = 90
#: Another fault after the first: it may be a consequence.
START_LATER_FAULT = 86
#: The router names a fault, but started all the same: something was repaired since, or is optional.
START_WENT_ON = 56
#: A bad value may come from a variable that is not set, which then outranks it.
START_VALUE_WITHOUT_VARIABLE = -6
#: A variable is not set, and the start fails at a value or for no stated reason.
START_VARIABLE = 92
#: Warnings that leave something undone, by cause. They name it, but the router goes on.
START_WARNINGS = {
    "records-not-routed": 64,  # a filter or output that takes nothing: a loss of logs
    "parser-not-found": 58,  # records stay unparsed
    "tls-failure": 58,  # no connection of that output can succeed
    "environment-variable-unset": 58,  # an empty value stands in its place
    "command-line-invalid": 56,  # one property is dropped; the least of the harms
}
#: Other warnings only say that a default was taken.
START_WARNING = 40
#: The FireLens socket can't be opened: the router is not root. Other inputs fail like this as well.
START_SOCKET_DENIED = 60
#: The closing line only says that the configuration has errors. A file of its own that was not
#: given may be missing in the image; the usual reason without such a file is the syntax.
START_FILE_MISSING = 76
START_SYNTAX_ERROR = 70
START_SYNTAX_ERROR_IN_FILE = 60
START_FILE_MISSING_UNNAMED = 46
#: The closing line itself names the storage; only the reason is unknown.
START_STORAGE = 85
#: An input is dead: its port is taken, or its socket is denied.
START_DEAD_INPUT = 80
#: A Go plug-in refuses to start, which is nearly always an option that it needs.
START_GO_PLUGIN = 62
#: Some input, filter or output refuses to start: a value, but nobody says which.
START_REFUSED = 56
#: Fluent Bit's own crash report: it outranks the fault that it follows.
CRASH = 91
#: An image that moves may have brought the crash, but so may the configuration.
CRASH_OF_MOVING_IMAGE = 45
#: A crash in a line that is not the router's: the application's.
CRASH_OF_APPLICATION = 58
#: A crash where nobody shows who crashed: possible for both, the router first.
CRASH_OF_ROUTER_PERHAPS = 54
CRASH_OF_APPLICATION_PERHAPS = 53

# A router that runs.

#: AWS answers with a code, which is the most exact reason there is.
RUN_CODE = 74
#: A line that names a fault of its own.
RUN_FAULT = 73
#: One of two faults that explain every other failure of the same log.
RUN_ROOT_FAULT = 78
#: A status says less than a code or a sentence does.
RUN_ANSWER = 72
#: Failed connections, by cause: the more exactly a line says what failed, the more it weighs.
RUN_NETWORK = {
    "destination-host-unresolvable": 71,  # the resolver's own answer
    "dns-resolver-timeout": 71,  # the resolver's own answer
    "output-default-host": 70,  # the address is a default that nobody chose
    "tls-failure": 68,  # the library's words, which ends of connections leave too
    "aws-endpoint-unreachable": 64,  # nothing but a time-out; credentials may be behind it
    "destination-unreachable": 60,  # nothing but a time-out or refusal
}
#: A connection that fails in another way.
RUN_CONNECTION = 60
#: An output without a host talks to itself; that its failures have no line agrees.
RUN_SILENT_DEFAULT_HOST = 68
#: Retries without a reason and without any success: most probably nobody answers.
RUN_SILENT_FAILURES = 42
#: The agent's collector refused for longer than the agent takes to start.
RUN_COLLECTOR = 66
#: It may just be starting.
RUN_COLLECTOR_STARTING = 45
#: A code of AWS in a line that any program may print.
RUN_CODE_OF_ANYONE = 48
#: Memory ran out in a program, but which, and whether it ended, is not said.
RUN_MEMORY = 48
#: The metadata of ECS can't be reached, which other failures follow from.
RUN_ECS_METADATA = 66
#: The destination has recovered: a network fault of the past.
RUN_PAST_NETWORK = 40
#: The reason stands in another line, or the failure comes and goes.
RUN_OVERSHADOWED = 44
#: The connection failed after the stop was asked for: it is one of the stop's effects.
RUN_AFTER_STOP = 45
#: That stop, which cuts off what is to be delivered.
RUN_STOP_CUTS_OFF = 60
#: The router speaks elsewhere, so another program says this of itself.
FOREIGN = 20
#: Every program may have said it, and the router is not heard at all: never likely.
UNSIGNED = 50
#: Full buffers, when nothing fails: they are the fault. When an output fails, they follow from it.
RUN_BUFFERS = 62
RUN_BUFFERS_BESIDE = 33
#: Chunks left at the stop, likewise; a little less sure, as a retry may have sent them elsewhere.
RUN_LEFT_AT_STOP = 58
RUN_LEFT_AT_STOP_BESIDE = 34
#: Chunks given up, while the destination fails (the failure is the cause), or works again.
RUN_GIVEN_UP_BESIDE = 35
RUN_GIVEN_UP = 46

# What ECS says of a task.

#: ECS names the cause.
ECS_REASON = 95
#: ECS names the step that failed, not why.
ECS_VAGUE_REASON = 60
#: Added at most to a vague reason: the longer one quotes more of what failed.
ECS_VAGUE_DETAIL = 5
#: Characters of a vague reason that add 1.
ECS_VAGUE_CHARACTERS = 100
#: The health check calls a tool that the image of the unhealthy container lacks: why it failed.
ECS_HEALTH_TOOL = 96
#: A health check failed, which says nothing of why.
ECS_HEALTH = 94
#: Some container's health check calls a missing tool, but whose check failed is not known.
ECS_HEALTH_TOOL_PERHAPS = 93
#: A container is unhealthy in a task that still runs.
ECS_UNHEALTHY = 60
#: The container is put in by AWS; the task usually survives its failure.
ECS_INJECTED = 30
#: A dependency was waited for that has a fault of its own.
ECS_WAITED_FOR_FAULT = -15
#: The same, where only a log repeats what ECS said.
ECS_WAITED_FOR_FAULT_IN_LOG = -10
#: A tool is missing, by a line of a log: scripts of the application miss such tools too.
ECS_TOOL_IN_LOG = 50
#: A reason that is not known; its words alone point to a cause.
ECS_UNKNOWN_REASON = 40
#: The task did not start, and nobody says why.
ECS_NOT_STARTED = 40

# How containers ended.

#: One container failed by itself.
END_FAILED = 84
#: Several did: one of them may have taken the others along.
END_SEVERAL_FAILED = 76
#: Added for an exit status that means that the command was not found.
END_COMMAND_NOT_FOUND = 2
#: A sidecar's command was not found: its image's own entry point may be at fault.
END_SIDECAR_COMMAND_NOT_FOUND = -4
#: Added for a router that died of a signal, as nothing else explains that.
END_ROUTER_CRASH = 4
#: Some container died of a signal; which one is not known, but tickets are about the router.
END_UNNAMED_CRASH = -20
#: In that case the application comes after it.
END_UNNAMED_APPLICATION = -24
#: 137 after a stop that was asked for: the container didn't end in time.
END_KILLED_AFTER_STOP = 88
#: 137 beside a container that ended first, which stops the task.
END_KILLED_BESIDE = 50
#: 137 with no other end and no reason: memory is the usual one, the stop the other.
END_KILLED = 57
END_KILLED_PERHAPS_BY_STOP = 44
#: The router ended with the launcher's status for arguments that it doesn't understand.
END_MISUSE = 56
#: The agent ended in a task that goes on: nobody collects.
END_AGENT_GONE = 67
#: The router ended in a task that goes on: nobody listens.
END_ROUTER_GONE = 40
#: A sidecar ended and took the task along, which is said when nothing says why it ended.
END_SIDECAR = 25
#: A sidecar ended with 0, by itself, and nothing else ended.
END_SIDECAR_IN_ORDER = 58
#: An essential container ended, and nobody says which: sidecars are what tickets are about.
END_UNKNOWN_SIDECAR = 40
END_UNKNOWN_APPLICATION = 39
#: A log quotes an exit status: of a crash, of a kill, or another; whose it is stays unknown.
END_IN_LOG_CRASH = 70
END_IN_LOG_KILLED = 47
END_IN_LOG_FAILED = 25

# The agent, which does not say why it ended.

#: It ended without its certificate while other destinations time out as well.
AGENT_NO_WAY_OUT = 87
#: The same, but its end was not seen.
AGENT_NO_WAY_OUT_NOT_ENDED = 80
#: It ended, and the definition shows a wrong key.
AGENT_KEY = 86
#: The key is wrong and the network too: either suffices.
AGENT_KEY_OR_NO_WAY_OUT = 70
AGENT_NO_WAY_OUT_OR_KEY = 72
#: It ended while other deliveries work, or with a key that looks right: the key, by elimination.
AGENT_KEY_BY_ELIMINATION = 68
#: Nothing is known but its end: keys are the usual reason, less so when none is given.
AGENT_KEY_PERHAPS = 57
AGENT_KEY_UNSEEN = 38
AGENT_NO_WAY_OUT_PERHAPS = 37

# What the definition alone shows.

#: The router ended with the very status that the simulation predicts.
DEFINITION_EXIT = 86
#: It ended with another one: perhaps of another fault.
DEFINITION_OTHER_EXIT = 66
#: The linter has an error that the end of the agent, or of the router, follows from.
DEFINITION_AGENT_ERROR = 84
DEFINITION_ROUTER_ERROR = 83
#: It has only a warning that the end of the agent follows from.
DEFINITION_AGENT_WARNING = 74
#: Without evidence of a run, what would stop the task first comes first: ECS, the launcher, Fluent
#: Bit; then what stops nothing.
DEFINITION_ECS = 80
DEFINITION_LAUNCHER = 79
DEFINITION_FLUENT_BIT = 78
DEFINITION_ERROR = 76
#: A fault of which a router that runs says nothing: its health is no proof against it.
DEFINITION_SILENT = 62
#: Beside evidence that does not show it: an error, a loss or a warning about one, another warning.
DEFINITION_BESIDE = 45
DEFINITION_LOSS_BESIDE = 40
DEFINITION_WARNING_BESIDE = 30

# Hints, when nothing else says more: never likely.

#: A request could not be signed; credentials are the usual reason.
HINT_SIGNING = 50
#: Buffers that were full have emptied: they were full once.
HINT_BUFFERS = 45
#: A stream can't be made: the role may not, or nobody answers; the role is the usual reason.
HINT_STREAM_DENIED = 42
HINT_STREAM_UNREACHABLE = 41
#: One source of credentials failed; others may work.
HINT_METADATA = 38
#: The words of an unknown error point to it.
HINT_WORDS = 38

# What else to ask for.

#: What is asked for, at least, by how sure the answer is without it.
WISH_LEAST = {
    "confirmed": 50,  # only what proves it
    "likely": 35,  # what could show another cause as well
    "possible": 0,  # everything
}
#: The application's own log is the only place that says why it ended.
WISH_APPLICATION_LOG = 95
#: The router's own log decides a start that failed; otherwise it adds details.
WISH_ROUTER_LOG = 90
WISH_ROUTER_LOG_BESIDE = 40
#: The agent's own log decides a fault of the agent, and is of little use otherwise.
WISH_AGENT_LOG = 88
WISH_AGENT_LOG_BESIDE = 30
#: Exit statuses decide between containers that ended; otherwise they confirm.
WISH_TASK = 70
WISH_TASK_BESIDE = 45
#: The definition confirms nearly everything, and says where to change it.
WISH_DEFINITION = 65
#: A file that was not checked may hold the fault.
WISH_FILE = 60
#: The level debug costs a deployment, for a detail.
WISH_DEBUG = 35
