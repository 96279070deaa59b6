# Thin wrappers; each line is what it does.
.PHONY: run setup test quick check bench lock

run:
	python3 start.py

setup:
	python3 start.py setup

test:
	python3 start.py test

quick:
	python3 start.py test --quick

# linters, templates, types, the arrows between rooms, and models without a migration
check:
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	MTM_ENV=test .venv/bin/python manage.py makemigrations --check --dry-run

bench:
	.venv/bin/python -m benchmarks

# after a change of requirements.in
lock:
	uv pip compile --no-config --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" requirements.in -o requirements.txt
	npm install --package-lock-only
