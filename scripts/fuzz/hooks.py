# SPDX-License-Identifier: Apache-2.0
# Loaded by schemathesis. Chunks of uploads are bytes; and every other request goes to a record that is there, since an
# invented id never gets further than "not found".
import json
import os

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

# { "<beginning of a path>": { "<parameter>": "<value>" } }, the most special path first
KNOWN = json.loads(os.environ.get("FUZZ_KNOWN", "{}"))


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    path = context.operation.path
    known = next((values for start, values in KNOWN.items() if path.startswith(start)), {})
    invented = json.dumps(path_parameters, sort_keys=True, default=str)
    if not path_parameters or sum(invented.encode("utf-8", "replace")) % 2:
        return path_parameters
    return {name: known.get(name, value) for name, value in path_parameters.items()}
