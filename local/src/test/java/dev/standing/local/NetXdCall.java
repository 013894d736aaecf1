package dev.standing.local;

import dev.standing.gateway.access.KeyCredential;
import java.util.Optional;

/** The texts of NetXD's call. Signatures are over the very payload, so these are put together letter by letter. */
final class NetXdCall {

    private NetXdCall() {}

    /** A call. */
    static String of(String id, String api, String payload) {
        return "{\"id\":\"" + id + "\"," + rest(api, payload);
    }

    /** The same, as a notification, which nobody is answered. */
    static String notification(String api, String payload) {
        return "{\"jsonrpc\":\"2.0\"," + rest(api, payload);
    }

    private static String rest(String api, String payload) {
        return "\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"api\":" + api + ",\"payload\":"
                + payload + "}}";
    }

    static String payload(String customerId, String status) {
        return "{\"ID\":\"" + customerId + "\",\"status\":\"" + status + "\"}";
    }

    /** Proves who calls, as far as nothing is to be signed. */
    static String api(KeyCredential key) {
        return api(key.keyId(), key.basic(), Optional.empty());
    }

    /** Proves who calls. */
    static String api(KeyCredential key, String signature) {
        return api(key.keyId(), key.basic(), Optional.of(signature));
    }

    /** Says who calls, truly or not. */
    static String api(String keyId, String credential, Optional<String> signature) {
        return "{\"keyId\":\"" + keyId + "\",\"credential\":\"" + credential + "\""
                + signature.map(text -> ",\"signature\":\"" + text + "\"").orElse("") + "}";
    }
}
