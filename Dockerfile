# The image of a container engine, on Temurin 25 and with an AOT cache: docker build -t holdfast:0.1.0-SNAPSHOT .
# The other one needs no engine: docs/operations.md, Image.

FROM eclipse-temurin:25.0.3_9-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN ./mvnw -B -ntp -q -Dmaven.test.skip -Dspotless.check.skip package
RUN java -Djarmode=tools -jar target/holdfast.jar extract --layers --destination target/extracted

FROM eclipse-temurin:25.0.3_9-jre
WORKDIR /app
COPY --from=build /build/target/extracted/dependencies/ ./
COPY --from=build /build/target/extracted/spring-boot-loader/ ./
COPY --from=build /build/target/extracted/snapshot-dependencies/ ./
COPY --from=build /build/target/extracted/application/ ./
# The cache holds for this JVM, these jars and their times, and the options that change how objects lie: so it is made here.
RUN --mount=type=bind,source=src/image/train,target=/tmp/train \
    ln -s openjdk/bin /opt/java/bin \
    && bash /tmp/train holdfast.jar holdfast.aot -XX:+UseCompactObjectHeaders
ENV HOME=/tmp
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/holdfast.aot", "-XX:+UseCompactObjectHeaders", \
    "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/holdfast.jar"]
