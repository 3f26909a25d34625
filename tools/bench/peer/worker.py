"""Answers the bench until it says quit: the part of the protocol that every side in Python shares."""

import json
import os
import sys
import time
import traceback


def settings():
    """The settings that this side was started with, and the words after them (a variant's)."""
    return json.loads(sys.argv[1]), sys.argv[2:]


def serve(prepare, run, outputs=None):
    """
    prepare(folder) -> dict or None: reads the shared inputs; what it returns is reported (`versions`, `variant`)
    run() -> seconds or None: one repetition; its own seconds where it times itself
    outputs(file): computes anew, from the inputs, and writes a safetensors file
    """
    # Standard output carries the answers; what libraries print goes to standard error.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(reply):
        answers.write(json.dumps(reply) + "\n")
        answers.flush()

    for line in sys.stdin:
        message = json.loads(line)
        what = message["do"]
        try:
            if what == "quit":
                break
            elif what == "prepare":
                answer({"ok": True, **(prepare(message["folder"]) or {})})
            elif what == "run":
                start = time.perf_counter()
                own = run()
                answer({"seconds": own if own is not None else time.perf_counter() - start})
            elif what == "outputs" and outputs is not None:
                outputs(message["file"])
                answer({"ok": True})
            else:
                answer({"error": f"cannot do '{what}'"})
        except Exception:
            answer({"error": traceback.format_exc(limit=4)})
