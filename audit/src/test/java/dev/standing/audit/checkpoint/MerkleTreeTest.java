package dev.standing.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /** The vectors that implementations of Certificate Transparency are tested with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfRfc6962() {
        MerkleTree tree = new MerkleTree();
        assertThat(tree.root()).isEqualTo(ROOTS.get(0));
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.add(HexFormat.of().parseHex(LEAVES.get(i)));
            assertThat(tree.root()).isEqualTo(ROOTS.get(i + 1));
            assertThat(tree.leaves()).isEqualTo(i + 1);
        }
    }

    @Test
    void rootsAreThoseOfTheRecursiveDefinition() throws Exception {
        MerkleTree tree = new MerkleTree();
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            byte[] leaf = {(byte) i, 1};
            leaves.add(leaf);
            tree.add(leaf);
            assertThat(tree.root()).isEqualTo(HexFormat.of().formatHex(root(leaves)));
        }
    }

    /** RFC 6962, 2.1: MTH. */
    private static byte[] root(List<byte[]> leaves) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        if (leaves.size() == 1) {
            digest.update((byte) 0);
            return digest.digest(leaves.get(0));
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        byte[] left = root(leaves.subList(0, split));
        byte[] right = root(leaves.subList(split, leaves.size()));
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
