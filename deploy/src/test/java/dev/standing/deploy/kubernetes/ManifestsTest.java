package dev.standing.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.standing.gateway.GatewaySettings;
import dev.standing.processor.ProcessorSettings;
import dev.standing.service.settings.ConnectionSettings;
import dev.standing.service.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What names something names what there is: other objects, settings, ports and paths. */
class ManifestsTest {

    private static final String NAME = "app.kubernetes.io/name";

    private final List<Manifest> manifests = Manifest.all();

    @Test
    void theKustomizationHasEveryFile() {
        Manifest kustomization = Manifest.read(Manifest.KUSTOMIZATION).get(0);
        List<String> others = Manifest.files().stream()
                .filter(file -> !file.equals(Manifest.KUSTOMIZATION))
                .toList();

        assertThat(Manifest.at(kustomization.content(), "resources"))
                .asInstanceOf(LIST)
                .hasSameElementsAs(others);
    }

    @Test
    void noObjectIsBoundToANamespace() {
        assertThat(manifests)
                .allSatisfy(manifest -> assertThat(manifest.map("metadata").containsKey("namespace"))
                        .as(manifest.name())
                        .isFalse());
    }

    @Test
    void noSecretIsAmongThem() {
        assertThat(manifests).extracting(Manifest::kind).doesNotContain("Secret");
    }

    @Test
    void workloadsSelectTheirOwnPods() {
        assertThat(kinds("StatefulSet", "Deployment")).hasSize(2).allSatisfy(workload -> {
            assertThat(workload.text("spec", "selector", "matchLabels", NAME)).isEqualTo(workload.name());
            assertThat(workload.text("spec", "template", "metadata", "labels", NAME))
                    .isEqualTo(workload.name());
        });
    }

    @Test
    void whatSelectsPodsSelectsThoseOfAWorkload() {
        Stream<String> services = kinds("Service").map(it -> it.text("spec", "selector", NAME));
        Stream<String> budgets =
                kinds("PodDisruptionBudget").map(it -> it.text("spec", "selector", "matchLabels", NAME));
        Stream<String> policies = kinds("NetworkPolicy").map(it -> it.text("spec", "podSelector", "matchLabels", NAME));
        Stream<String> spread = workloads()
                .flatMap(it -> it.maps("spec", "template", "spec", "topologySpreadConstraints").stream())
                .map(it -> String.valueOf(Manifest.at(it, "labelSelector", "matchLabels", NAME)));

        assertThat(Stream.of(services, budgets, policies, spread).flatMap(it -> it))
                .isNotEmpty()
                .isSubsetOf(podNames());
    }

    @Test
    void onlyGatewaysAndPrometheusReachTheProcessors() {
        Manifest policy = one("NetworkPolicy", "standing-processor");
        List<Map<?, ?>> ingress = policy.maps("spec", "ingress");

        assertThat(ingress).hasSize(1);
        assertThat(Manifest.mapsAt(ingress.get(0), "from"))
                .extracting(from -> String.valueOf(Manifest.at(from, "podSelector", "matchLabels", NAME)))
                .containsExactly("standing-gateway", "prometheus");
        assertThat(Manifest.mapsAt(ingress.get(0), "ports"))
                .extracting(port -> (Object) port.get("port"))
                .containsExactly(8082);
    }

    @Test
    void settingsAreThoseOfTheServicesAndTheirPorts() {
        Settings processor = Settings.read(Optional.empty(), environment("StatefulSet", "standing-processor"));
        Settings gateway = Settings.read(Optional.empty(), environment("Deployment", "standing-gateway"));
        Settings topics = Settings.read(Optional.empty(), environment("Job", "standing-topics"));

        assertThat(ProcessorSettings.from(processor).queryPort()).isEqualTo(port("StatefulSet", "standing-processor"));
        assertThat(GatewaySettings.from(gateway).port()).isEqualTo(port("Deployment", "standing-gateway"));
        assertThatCode(() -> ConnectionSettings.from(gateway, List.of("gateway.", "processor.")))
                .doesNotThrowAnyException();
        assertThatCode(() -> ConnectionSettings.from(topics, List.of("gateway.", "processor.")))
                .doesNotThrowAnyException();
    }

    @Test
    void settingsOfKafkaStreamsAreItsOwn() {
        Settings processor = Settings.read(Optional.empty(), environment("StatefulSet", "standing-processor"));

        assertThat(ProcessorSettings.from(processor).streams().keySet())
                .isNotEmpty()
                .isSubsetOf(StreamsConfig.configDef().names());
    }

    @Test
    void noVariableOfAServiceIsTakenForASetting() {
        assertThat(workloads())
                .hasSize(3)
                .allSatisfy(workload -> assertThat(workload.text("spec", "template", "spec", "enableServiceLinks"))
                        .as(workload.name())
                        .isEqualTo("false"));
    }

    @Test
    void gatewaysAskTheProcessorsByTheNamesThatTheyTell() {
        GatewaySettings gateway =
                GatewaySettings.from(Settings.read(Optional.empty(), environment("Deployment", "standing-gateway")));
        Manifest processors = one("StatefulSet", "standing-processor");
        Manifest service = one("Service", processors.text("spec", "serviceName"));

        assertThat(service.text("spec", "clusterIP")).isEqualTo("None");
        assertThat(gateway.processors())
                .hasSize(Integer.parseInt(processors.text("spec", "replicas")))
                .extracting(Object::toString)
                .contains(ProcessorSettings.from(
                                Settings.read(Optional.empty(), environment("StatefulSet", "standing-processor")))
                        .queryAdvertised()
                        .orElseThrow()
                        .url());
    }

    @Test
    void probesAskWhatTheServicesAnswer() {
        for (Manifest workload : kinds("StatefulSet", "Deployment").toList()) {
            Map<?, ?> container = container(workload);
            assertThat(Manifest.at(container, "startupProbe", "httpGet", "path"))
                    .isEqualTo("/health/live");
            assertThat(Manifest.at(container, "readinessProbe", "httpGet", "path"))
                    .isEqualTo("/health/ready");
            assertThat(Manifest.at(container, "livenessProbe", "httpGet", "path"))
                    .isEqualTo("/health/live");
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(Manifest.at(container, probe, "httpGet", "port")).isEqualTo("http");
            }
            assertThat(Manifest.mapsAt(container, "ports"))
                    .extracting(port -> (Object) port.get("name"))
                    .containsExactly("http");
        }
    }

    @Test
    void prometheusScrapesThePortThatThereIs() {
        for (Manifest workload : kinds("StatefulSet", "Deployment").toList()) {
            Map<?, ?> annotations = workload.map("spec", "template", "metadata", "annotations");

            assertThat(annotations.get("prometheus.io/port"))
                    .isEqualTo(Integer.toString(port(workload.kind(), workload.name())));
            assertThat(annotations.get("prometheus.io/path")).isEqualTo("/metrics");
        }
    }

    @Test
    void servicesLeadToThePortThatThereIs() {
        assertThat(kinds("Service")).hasSize(2).allSatisfy(service -> {
            String kind = service.text("spec", "clusterIP").equals("None") ? "StatefulSet" : "Deployment";
            Map<?, ?> port = service.maps("spec", "ports").get(0);

            assertThat(port.get("port")).isEqualTo(port(kind, service.name()));
            assertThat(port.get("targetPort")).isEqualTo("http");
        });
    }

    @Test
    void whatIsMountedIsThere() {
        for (Manifest workload : workloads().toList()) {
            Stream<Object> volumes = workload.maps("spec", "template", "spec", "volumes").stream()
                    .map(it -> it.get("name"));
            Stream<Object> claims = workload.maps("spec", "volumeClaimTemplates").stream()
                    .map(it -> Manifest.at(it, "metadata", "name"));

            assertThat(Manifest.mapsAt(container(workload), "volumeMounts"))
                    .extracting(mount -> (Object) mount.get("name"))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(volumes, claims).toList());
        }
    }

    @Test
    void whatIsWrittenIsMounted() {
        Map<String, String> environment = environment("StatefulSet", "standing-processor");
        Map<?, ?> processor = container(one("StatefulSet", "standing-processor"));

        assertThat(environment.get("STANDING_PROCESSOR_STATE_DIR")).startsWith(mountPath(processor, "state") + "/");
        assertThat(environment.get("STANDING_GATEWAY_KEYS_FILE"))
                .startsWith(mountPath(container(one("Deployment", "standing-gateway")), "keys") + "/");
        assertThat(workloads())
                .allSatisfy(workload ->
                        assertThat(mountPath(container(workload), "tmp")).isEqualTo("/tmp"));
    }

    @Test
    void containersMayDoAsLittleAsPossible() {
        for (Manifest workload : workloads().toList()) {
            Map<?, ?> container = container(workload);

            assertThat(workload.map("spec", "template", "spec", "securityContext"))
                    .as(workload.name())
                    .isEqualTo(Map.of(
                            "runAsNonRoot",
                            true,
                            "runAsUser",
                            10001,
                            "runAsGroup",
                            10001,
                            "fsGroup",
                            10001,
                            "fsGroupChangePolicy",
                            "OnRootMismatch",
                            "seccompProfile",
                            Map.of("type", "RuntimeDefault")));
            assertThat(container.get("securityContext"))
                    .isEqualTo(Map.of(
                            "allowPrivilegeEscalation", false,
                            "readOnlyRootFilesystem", true,
                            "capabilities", Map.of("drop", List.of("ALL"))));
            assertThat(Manifest.at(container, "resources", "limits", "memory"))
                    .as(workload.name())
                    .asString()
                    .isNotEmpty();
        }
    }

    @Test
    void containersRunACommandOfTheOneImage() {
        assertThat(workloads().map(ManifestsTest::container)).hasSize(3).allSatisfy(container -> {
            assertThat(container.get("image")).isEqualTo("standing:0.1.0");
            assertThat(container.get("args")).isEqualTo(List.of(container.get("name")));
        });
    }

    private Map<String, String> environment(String kind, String name) {
        Map<?, ?> container = container(one(kind, name));
        Map<String, String> environment = new HashMap<>();
        for (Map<?, ?> source : Manifest.mapsAt(container, "envFrom")) {
            if (source.containsKey("configMapRef")) {
                one("ConfigMap", String.valueOf(Manifest.at(source, "configMapRef", "name")))
                        .map("data")
                        .forEach((variable, value) -> environment.put((String) variable, (String) value));
            } else {
                assertThat(Manifest.at(source, "secretRef", "optional")).isEqualTo(true);
            }
        }
        for (Map<?, ?> variable : Manifest.mapsAt(container, "env")) {
            String value = String.valueOf(Manifest.at(variable, "value"));
            environment.put((String) variable.get("name"), value.replace("$(POD_NAME)", name + "-0"));
        }
        return environment;
    }

    private int port(String kind, String name) {
        return (Integer)
                Manifest.mapsAt(container(one(kind, name)), "ports").get(0).get("containerPort");
    }

    private static String mountPath(Map<?, ?> container, String volume) {
        return Manifest.mapsAt(container, "volumeMounts").stream()
                .filter(mount -> volume.equals(mount.get("name")))
                .map(mount -> String.valueOf(mount.get("mountPath")))
                .findAny()
                .orElseThrow();
    }

    private static Map<?, ?> container(Manifest workload) {
        List<Map<?, ?>> containers = workload.maps("spec", "template", "spec", "containers");
        assertThat(containers).as(workload.name()).hasSize(1);
        return containers.get(0);
    }

    private List<String> podNames() {
        return workloads()
                .map(it -> it.text("spec", "template", "metadata", "labels", NAME))
                .toList();
    }

    private Stream<Manifest> workloads() {
        return kinds("StatefulSet", "Deployment", "Job");
    }

    private Stream<Manifest> kinds(String... kinds) {
        return manifests.stream().filter(it -> List.of(kinds).contains(it.kind()));
    }

    private Manifest one(String kind, String name) {
        List<Manifest> found = kinds(kind).filter(it -> it.name().equals(name)).toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }
}
