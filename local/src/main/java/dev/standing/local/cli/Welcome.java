package dev.standing.local.cli;

import dev.standing.local.console.Console;
import dev.standing.local.demo.DemoScript;
import dev.standing.local.keys.OwnKey;
import dev.standing.local.node.LocalAddresses;
import java.nio.file.Path;

/** What is printed when everything runs. */
final class Welcome {

    private final Console console;
    private final LocalAddresses addresses;

    Welcome(Console console, LocalAddresses addresses) {
        this.console = console;
        this.addresses = addresses;
    }

    /** Says that it runs, and where. */
    void ready(String after) {
        console.line();
        console.line(console.good("READY") + " after " + after);
        console.line("  HTTP             " + console.strong(addresses.http()));
        console.line("  Kafka            " + console.strong(addresses.kafka()));
        console.line("  Schema registry  " + console.strong(addresses.registry()));
        if (addresses.key().isEmpty()) {
            console.line("No key was made: who is let in is as --open or the settings say.");
        }
        console.line();
    }

    /** Shows two requests to paste. */
    void whatNext(boolean afterDemo, Path data) {
        console.line("Try it (the same requestId again is answered, but does nothing twice):");
        console.line();
        if (addresses.key().isPresent()) {
            console.line("  KEY=\"$(cat '" + data.resolve(OwnKey.FILE)
                    + "')\"    # keyId:credential, made at the first start");
        }
        if (afterDemo) {
            console.line(curl(
                    "/v1/customers/state",
                    "{\"requestId\": \"try-1\", \"customer\": {\"externalId\": \"" + DemoScript.OCS_CUSTOMER
                            + "\"}, \"state\": {\"state\": \"SUSPENDED\", \"stateReason\": \"nonPayment\"}}"));
            console.line(curl(
                    "/jsonrpc",
                    "{\"method\": \"CustomerService.UpdateCustomerStatus\", \"id\": \"1\", \"params\": {" + api()
                            + "\"payload\": {\"ID\": \"" + DemoScript.NETXD_CUSTOMER
                            + "\", \"status\": \"DORMANT\"}}}"));
        } else {
            console.line(curl(
                    "/v1/customers",
                    "{\"requestId\": \"try-1\", \"externalId\": \"" + DemoScript.OCS_CUSTOMER + "\"}"));
            console.line(curl(
                    "/v1/customers/state",
                    "{\"requestId\": \"try-2\", \"customer\": {\"externalId\": \"" + DemoScript.OCS_CUSTOMER
                            + "\"}, \"state\": {\"state\": \"SUSPENDED\", \"stateReason\": \"nonPayment\"}}"));
        }
        console.line();
        console.line(console.faint(
                "Ctrl-C stops it. Data and logs stay in " + data + "; remove the directory to begin afresh."));
    }

    /** JSON-RPC has the key in the call; the shell puts it in. */
    private String api() {
        return addresses.key().isEmpty()
                ? ""
                : "\"api\": {\"credential\": \"Basic '\"$(printf %s \"$KEY\" | base64 | tr -d '\\n')\"'\"}, ";
    }

    private String curl(String path, String body) {
        boolean isInCall = path.equals("/jsonrpc") || addresses.key().isEmpty();
        return "  curl -s " + (isInCall ? "" : "-u \"$KEY\" ") + addresses.http() + path
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
