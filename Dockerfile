# Not built yet; see docs/operations.md. The image runs as an ordinary user and keeps its state in /data.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /opt/overture \
 && /opt/overture/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install --no-cache-dir hatchling==1.33.0 \
 && pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /opt/overture/bin/pip install --no-cache-dir --no-deps /wheel/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data overture && install -d -o overture -g overture -m 700 /data
COPY --from=build /opt/overture /opt/overture
USER overture
ENV PATH=/opt/overture/bin:$PATH OVERTURE_DATA_DIR=/data OVERTURE_HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=3)"]
CMD ["overture", "serve"]
