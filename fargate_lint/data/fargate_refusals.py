"""Members that Fargate or the network mode `awsvpc` don't have, with what ECS says of them.

Answers that were seen from the API are quoted as they were; "" where nobody has shown one. As of
2026-11-23, maintained by hand: the API's model says nothing of it.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
"""

from __future__ import annotations

DATE = "2026-11-23"
REMOVE = "remove it"

#: Members of containers that `awsvpc` doesn't have: member → (answer, remedy).
AWSVPC = {
    "links": (
        "Links are not supported when networkMode=awsvpc.",
        "remove it: containers of a task reach each other at 127.0.0.1",
    ),
    "hostname": ("hostname is not supported on container when networkMode=awsvpc.", REMOVE),
    "extraHosts": ("Extra hosts are not supported on container when networkMode=awsvpc.", REMOVE),
    "dnsServers": (
        "DNS servers are not supported on container when networkMode=awsvpc.",
        "remove it: the task asks the resolver of its VPC",
    ),
    "dnsSearchDomains": ("", "remove it: the task asks the resolver of its VPC"),
    "disableNetworking": (
        "Disable Networking is not supported on container when networkMode=awsvpc.",
        REMOVE,
    ),
}

PRIVILEGED = (
    "Fargate requires that the \u2018privileged\u2019 setting be \u2018false\u2019 at the "
    "container level."
)
NO = "Fargate compatible task definitions do not support "
#: Members of containers that Fargate doesn't have: path → (answer, remedy).
CONTAINER = {
    ("privileged",): (
        PRIVILEGED,
        "remove it: no container on Fargate gets at its host",
    ),
    ("dockerSecurityOptions",): (NO + "dockerSecurityOptions", REMOVE),
    ("linuxParameters", "devices"): (NO + "devices", REMOVE),
    ("linuxParameters", "sharedMemorySize"): (
        NO + "sharedMemorySize",
        'write "tmpfs": [{"containerPath": "/dev/shm", "size": ...}] instead',
    ),
    ("linuxParameters", "maxSwap"): (NO + "maxSwap", REMOVE),
    ("linuxParameters", "swappiness"): ("", REMOVE),
}
#: Members of the task that Fargate doesn't have: member → (answer, remedy).
TASK = {
    "placementConstraints": (
        NO + "constraints",
        "remove it: the subnets of the service say where tasks run",
    ),
    "ipcMode": (NO + "ipcMode", REMOVE),
    "trustedExecutionConfiguration": ("", "remove it: it is for Managed Instances only"),
}
#: Members of volumes that Fargate doesn't have: path → (answer, remedy).
VOLUME = {
    ("host", "sourcePath"): (
        NO + "sourcePath",
        "leave only the name: the volume is then one of the task's own, or use EFS",
    ),
    ("dockerVolumeConfiguration",): (
        NO + "dockerVolumeConfiguration",
        "leave only the name, or use efsVolumeConfiguration",
    ),
    ("fsxWindowsFileServerVolumeConfiguration",): ("", "use efsVolumeConfiguration"),
}
PID_HOST = (
    "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for "
    "pidMode is 'task'."
)
GPU = "Tasks using the Fargate launch type do not support GPU resource requirements."
#: Members that no Windows container on Fargate has, of the container and of the task.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-considerations.html
WINDOWS_CONTAINER = (
    "environmentFiles",
    "linuxParameters",
    "readonlyRootFilesystem",
    "systemControls",
    "ulimits",
    "user",
)
WINDOWS_TASK = ("pidMode",)
WINDOWS_VOLUME = ("efsVolumeConfiguration",)
#: Values of resourceRequirements[].type: type → (answer, remedy).
RESOURCES = {
    "GPU": (GPU, "remove it, and run the task on EC2 if it needs a GPU"),
    "NeuronDevice": ("", "remove it: it is for Managed Instances only"),
    "InferenceAccelerator": ("", REMOVE),
}
LOG_DRIVERS = ("awslogs", "splunk", "awsfirelens")
#: Of Linux' capabilities the one that a container may add.
CAPABILITY = "SYS_PTRACE"
