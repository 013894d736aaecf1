package dev.standing.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.standing.testing.OnAnyPlatform;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The gateway when its broker goes away, and when it comes back. */
@OnAnyPlatform
class KafkaAwayIT {

    @Test
    void requestsAreRefusedWhileKafkaIsAwayAndAnsweredWhenItIsBack() throws Exception {
        Platform platform = new Platform();
        StandInProcessor processor = new StandInProcessor(platform);
        GatewayService gateway = GatewayService.start(platform.settings());
        Http http = new Http(gateway.url());
        try {
            platform.takeBrokerAway();

            HttpResponse<String> rest = http.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"c\"}");
            HttpResponse<String> rpc = http.post(
                    "/jsonrpc",
                    "{\"id\":1,\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":"
                            + "{\"payload\":{\"ID\":\"c\",\"status\":\"ACTIVE\"}}}");

            assertThat(rest.statusCode()).isEqualTo(503);
            assertThat(rest.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(rest.body())
                    .contains("\"code\":\"UNAVAILABLE\"")
                    .containsAnyOf("Nothing was recorded", "may have been taken, or not");
            assertThat(rpc.statusCode()).isEqualTo(200);
            assertThat(rpc.body()).contains("\"code\":-32004");

            platform.bringBrokerBack();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> http.post("/v1/customers", "{\"requestId\":\"r\",\"customerId\":\"c\"}")
                                    .statusCode()
                            == 201);
        } finally {
            gateway.close();
            processor.close();
            platform.close();
        }
    }
}
