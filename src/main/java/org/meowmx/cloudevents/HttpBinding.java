package org.meowmx.cloudevents;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.meowmx.Required;

/** The binary content mode of CloudEvents over HTTP: attributes are headers with the prefix {@code ce-}, and the body is the data. */
public final class HttpBinding {

    /** The header that every request in binary content mode has, and no other request. */
    public static final String SPECVERSION_HEADER = "ce-specversion";

    private static final String PREFIX = "ce-";
    private static final Pattern TEXT_TYPE =
            Pattern.compile("(text/[^;]*|[^;]*[/+]xml)\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

    private HttpBinding() {}

    /**
     * Reads an event in binary content mode. JSON data stay JSON, and text in UTF-8 becomes a string. All other data are kept
     * as Base64.
     *
     * @param headers names and values of all headers of the request
     * @param contentType the value of Content-Type; null if the request has none
     * @param body the data; empty if the event has none
     * @param defaults for an event that does not name its stream
     * @throws InvalidCloudEventException if an attribute is missing or breaks a rule
     */
    public static CloudEvent read(
            Map<String, String> headers, @Nullable String contentType, byte[] body, StreamDefaults defaults) {
        Required.present("headers", headers);
        Required.present("body", body);
        Required.present("defaults", defaults);
        Map<String, String> texts = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                String attribute = lower.substring(PREFIX.length());
                requireAttribute(attribute);
                texts.put(attribute, quoted(decoded(attribute, value)));
            }
        });
        if (contentType != null) {
            texts.put("datacontenttype", quoted(contentType));
        }
        if (body.length > 0) {
            addData(texts, contentType == null ? "" : contentType, body);
        }
        return EventReader.read(new JsonFields(texts), defaults);
    }

    private static void requireAttribute(String name) {
        if (name.equals("data") || name.equals("datacontenttype")) {
            throw new InvalidCloudEventException(
                    name, "must not be a header; the body is the data, and Content-Type its type");
        }
        AttributeRules.requireName(name);
    }

    private static void addData(Map<String, String> texts, String contentType, byte[] body) {
        Optional<String> text = text(body);
        if (AttributeRules.isJson(contentType)) {
            String json = text.orElseThrow(() -> new InvalidCloudEventException("data", "is not UTF-8"));
            texts.put("data", (json.startsWith("\uFEFF") ? json.substring(1) : json).strip());
        } else if (text.isPresent() && TEXT_TYPE.matcher(contentType).matches()) {
            texts.put("data", quoted(text.get()));
        } else {
            texts.put("data_base64", '"' + Base64.getEncoder().encodeToString(body) + '"');
        }
    }

    private static Optional<String> text(byte[] utf8) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Removes the quotation marks of older producers, and one round of percent-encoding. */
    private static String decoded(String attribute, String value) {
        String bare = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(bare.length());
        int i = 0;
        while (i < bare.length()) {
            int c = bare.codePointAt(i);
            if (c == '%') {
                bytes.write(octet(attribute, bare, i));
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return text(bytes.toByteArray()).orElseThrow(() -> notEncoded(attribute));
    }

    private static int octet(String attribute, String text, int start) {
        if (start + 2 < text.length()) {
            int high = Character.digit(text.charAt(start + 1), 16);
            int low = Character.digit(text.charAt(start + 2), 16);
            if (high >= 0 && low >= 0) {
                return 16 * high + low;
            }
        }
        throw notEncoded(attribute);
    }

    private static InvalidCloudEventException notEncoded(String attribute) {
        return new InvalidCloudEventException(attribute, "must be percent-encoded UTF-8");
    }
}
