# The bot in a container: nothing in it is root's to run, and nothing but the volume and /tmp is written to.
#
#     docker build -t pullquote . && docker compose up -d
#
# compose.yaml beside this file runs it with a read-only file system and without capabilities.

FROM python:3.11-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# First what changes seldom: everything is pinned by its hash.
COPY requirements-card.lock ./
RUN python -m venv /opt/pullquote \
 && /opt/pullquote/bin/pip install --require-hashes --only-binary :all: -r requirements-card.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY index ./index
RUN /opt/pullquote/bin/pip install --no-deps --no-build-isolation . \
 && /opt/pullquote/bin/pip uninstall --yes hatchling editables pip \
 && /opt/pullquote/bin/python -m compileall -q /opt/pullquote/lib

FROM python:3.11-slim

RUN groupadd --system --gid 10001 pullquote \
 && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/pullquote --shell /usr/sbin/nologin pullquote \
 && install -d -o 10001 -g 10001 -m 700 /var/lib/pullquote
COPY --from=build /opt/pullquote /opt/pullquote
ENV PATH=/opt/pullquote/bin:$PATH \
    HOME=/var/lib/pullquote \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PULLQUOTE_STATE=/var/lib/pullquote \
    PULLQUOTE_METRICS_PORT=9464 \
    PULLQUOTE_LOG_FORMAT=json
WORKDIR /var/lib/pullquote
USER 10001:10001
VOLUME ["/var/lib/pullquote"]
STOPSIGNAL SIGTERM
# The port listens on the container's own 127.0.0.1 alone, so it is asked from inside.
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PULLQUOTE_METRICS_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["pullquote"]
CMD ["discord"]
