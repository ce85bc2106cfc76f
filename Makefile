.PHONY: check lock
check:
	sh .ci/check

# Locked by version and hash, without addresses.
lock:
	uv pip compile -q --universal --python-version 3.11 --extra dev --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
