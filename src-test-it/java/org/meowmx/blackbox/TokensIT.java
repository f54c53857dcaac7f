package org.meowmx.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meowmx.server.ApplicationServer;
import org.meowmx.server.PostgreSqlServer;
import org.meowmx.server.ServerKind;

/** The same WAR with valid and forged bearer tokens of MicroProfile JWT, on Open Liberty. */
class TokensIT {

    private static final String ISSUER = "https://issuer.test";

    private static final String REALM = """
            <server>
              <featureManager><feature>mpJwt</feature></featureManager>
              <mpJwt id="tokens" issuer="${MP_JWT_VERIFY_ISSUER}" ignoreApplicationAuthMethod="true"/>
              <!-- mpJwt has no effect without a key store -->
              <keyStore id="defaultKeyStore" password="${KEY_STORE_PASSWORD}"/>
            </server>
            """;

    private static final KeyPair KEYS = keys();
    private static final String EVENT = "{\"type\":\"noted\",\"data\":1}";

    @TempDir
    static Path folder;

    private static ApplicationServer server;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(ServerKind.ofTheBuild() == ServerKind.LIBERTY, "shown on Open Liberty");
        Map<String, String> environment =
                new HashMap<>(ApplicationServer.database(PostgreSqlServer.sharedWithDatabase()));
        environment.put("MEOWMX_SCHEMA_MODE", "migrate");
        environment.put("MP_JWT_VERIFY_PUBLICKEY", publicKey());
        environment.put("MP_JWT_VERIFY_ISSUER", ISSUER);
        environment.put("KEY_STORE_PASSWORD", Api.newId());
        server = ApplicationServer.libertyWithRealm(folder, REALM, environment)
                .awaitReady("/demo/shipments", Duration.ofMinutes(2));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKey() {
        String key = Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----".formatted(key);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static String claims(String issuer, String role, Instant expires) {
        return ("{\"iss\":\"%s\",\"sub\":\"ann\",\"upn\":\"ann\",\"jti\":\"%s\",\"iat\":%d,\"exp\":%d,\"groups\":[\"%s\"]}")
                .formatted(
                        issuer,
                        Api.newId(),
                        Instant.now().minusSeconds(60).getEpochSecond(),
                        expires.getEpochSecond(),
                        role);
    }

    private static String claims(String role) {
        return claims(ISSUER, role, Instant.now().plusSeconds(600));
    }

    private static String signed(String claims, PrivateKey key) {
        try {
            String content = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(UTF_8));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that is signed with the public key, as if the key were a shared secret. */
    private static String signedWithThePublicKey(String claims) {
        try {
            String content = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(publicKey().getBytes(UTF_8), "HmacSHA256"));
            return content + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int append(String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api/streams/note/" + Api.newId()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        return Api.send(request, "POST", BodyPublishers.ofString(EVENT)).status();
    }

    @Test
    void a_token_brings_its_roles() {
        assertThat(append(signed(claims("meowmx-writer"), KEYS.getPrivate()))).isEqualTo(201);
        assertThat(append(signed(claims("meowmx-reader"), KEYS.getPrivate()))).isEqualTo(403);
        assertThat(append(signed(claims("somebody-else"), KEYS.getPrivate()))).isEqualTo(403);
    }

    static Stream<Arguments> forged() {
        String writer = claims("meowmx-writer");
        String reader = signed(claims("meowmx-reader"), KEYS.getPrivate());
        return Stream.of(
                Arguments.of("signed by somebody else", signed(writer, keys().getPrivate())),
                Arguments.of("not signed", part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(writer) + "."),
                Arguments.of("signed with the public key", signedWithThePublicKey(writer)),
                Arguments.of(
                        "with other roles than were signed",
                        reader.replaceFirst("\\.[^.]*\\.", "." + part(writer) + ".")),
                Arguments.of(
                        "expired",
                        signed(claims(ISSUER, "meowmx-writer", Instant.now().minusSeconds(3_600)), KEYS.getPrivate())),
                Arguments.of(
                        "of another issuer",
                        signed(
                                claims(
                                        "https://other.test",
                                        "meowmx-writer",
                                        Instant.now().plusSeconds(600)),
                                KEYS.getPrivate())),
                Arguments.of("nonsense", "nonsense"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void a_forged_token_opens_nothing(String how, String token) {
        assertThat(append(token)).isEqualTo(401);
    }
}
