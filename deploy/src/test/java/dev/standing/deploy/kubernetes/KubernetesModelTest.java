package dev.standing.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesModelTest {

    private static final String DISRUPTION = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: x}
            """;

    @Test
    void allManifestsAreOfKubernetes() {
        assertThat(Manifest.all())
                .isNotEmpty()
                .flatMap(KubernetesModel::findings)
                .isEmpty();
    }

    @Test
    void aFieldThatThereIsNotIsFound() {
        assertThat(findings(DISRUPTION + "spec: {maxUnavailible: 1}"))
                .containsExactly("f.yaml: PodDisruptionBudget x.spec.maxUnavailible: no such field");
    }

    @Test
    void aFieldOfAnotherTypeIsFound() {
        assertThat(findings("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: x}
                data: {A: 3}
                """)).containsExactly("f.yaml: ConfigMap x.data.A: 3 is no String");
        assertThat(findings(DISRUPTION + "spec: [1]"))
                .containsExactly("f.yaml: PodDisruptionBudget x.spec: [1] is no V1PodDisruptionBudgetSpec");
    }

    @Test
    void aFieldThatIsMissingIsFound() {
        assertThat(findings("""
                apiVersion: v1
                kind: Pod
                metadata: {name: x}
                spec: {containers: [{image: y}]}
                """)).containsExactly("f.yaml: Pod x.spec.containers[0]: name is missing");
    }

    @Test
    void aKindThatIsOfAnotherGroupIsFound() {
        assertThat(findings("""
                apiVersion: batch/v1
                kind: Deployment
                metadata: {name: x}
                """)).containsExactly("f.yaml: Deployment x: no such kind in batch/v1");
    }

    private static List<String> findings(String text) {
        return KubernetesModel.findings(Manifest.parse("f.yaml", text).get(0));
    }
}
