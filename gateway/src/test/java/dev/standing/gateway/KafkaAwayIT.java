package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The gateway when its broker goes away. */
class KafkaAwayIT {

    @Test
    void aRequestIsRefusedForNowWhileKafkaIsAway() throws Exception {
        Platform platform = new Platform();
        try (GatewayService gateway = GatewayService.start(platform.settings())) {
            platform.close();
            Http http = new Http(gateway.url());

            HttpResponse<String> rest = http.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"c\"}");
            HttpResponse<String> rpc = http.post(
                    "/jsonrpc",
                    "{\"id\":1,\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":"
                            + "{\"payload\":{\"ID\":\"c\",\"status\":\"ACTIVE\"}}}");

            assertThat(rest.statusCode()).isEqualTo(503);
            assertThat(rest.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(rest.body())
                    .contains("\"code\":\"UNAVAILABLE\"")
                    .contains("may have been taken")
                    .contains("same requestId, is safe");
            assertThat(rpc.statusCode()).isEqualTo(200);
            assertThat(rpc.body()).contains("\"code\":-32004");
        }
    }
}
