.PHONY: check lock
check:
	sh .ci/check

# Locked by version and hash, without addresses. rapidocr asks for a second build of OpenCV in the folder of the first;
# it is here for the recogniser it ships alone.
lock:
	uv pip compile -q --universal --python-version 3.11 --extra dev --generate-hashes \
	    --no-emit-index-url --no-emit-package opencv-python-headless --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 -c requirements.lock --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header benchmarks/requirements.in -o benchmarks/requirements.lock
