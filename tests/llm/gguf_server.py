"""llama.cpp's own OpenAI-compatible server on a model file: ``python -m tests.llm.gguf_server MODEL PORT``."""

import signal
import sys

import xllamacpp

from tests.llm.gguf_model import CONTEXT


def main() -> None:
    """Serve until SIGTERM; prints one line when it accepts requests."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.n_ctx = 2 * CONTEXT
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(sys.argv[2])
    parameters.use_jinja = True
    parameters.warmup = False
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    print(f"ready {server.listening_address}", flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
