# One image for every command of ./standing: `docker run standing processor`. It is made from the jars that Maven has
# built, and holds nothing else beside the runtime:
#
#   mvn package -DskipTests && docker build -t standing .
#
# 25-jre does as well, with warnings. There is no class data archive in it: it would be 96 MB for a tenth of the time that a start takes.
ARG JRE_IMAGE=eclipse-temurin:17-jre
FROM ${JRE_IMAGE}
LABEL org.opencontainers.image.title=Standing

RUN groupadd --system --gid 10001 standing \
 && useradd --system --uid 10001 --gid standing --home-dir /var/lib/standing --no-create-home --shell /usr/sbin/nologin standing \
 && install -d -o standing -g standing -m 0750 /var/lib/standing /etc/standing

# What seldom changes comes first, so that the next release is a small download: all libraries, and then our own jars.
COPY local/target/lib/[^s]*.jar local/target/lib/s[^t]*.jar /opt/standing/lib/
COPY local/target/lib/st*.jar /opt/standing/lib/
COPY local/target/standing.jar /opt/standing/
COPY deploy/container/standing deploy/container/healthy /opt/standing/bin/

# Where the outside and the other containers reach it; everything else has its default. STANDING_... sets any setting.
ENV PATH=/opt/standing/bin:$PATH \
    STANDING_GATEWAY_HOST=0.0.0.0 \
    STANDING_PROCESSOR_QUERY_HOST=0.0.0.0 \
    STANDING_PROCESSOR_STATE_DIR=/var/lib/standing/streams

WORKDIR /var/lib/standing
USER 10001:10001
EXPOSE 8080 8082
ENTRYPOINT ["/opt/standing/bin/standing"]
CMD ["--help"]
