package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Records against published ones (RFC 8448) and against records that this test makes and opens by itself.
class RecordsTest {
    private static final HexFormat HEX = HexFormat.of();
    /// RFC 8448, section 3, "{client} derive write traffic keys for application data".
    private static final RecordKeys CLIENT =
        new RecordKeys(TlsVersion.TLS_1_3, Cipher.AES_128_GCM, HEX.parseHex("17422dda596ed5d9acd890e3c63f5051"),
        HEX.parseHex("5b78923dee08579033e523d9"), 0);
    /// The same of the server, whose record 0 was a session ticket.
    private static final RecordKeys SERVER =
        new RecordKeys(TlsVersion.TLS_1_3, Cipher.AES_128_GCM, HEX.parseHex("9f02283b6c9c07efc26bb9f2ac92e356"),
        HEX.parseHex("cf782b88dd83549aadf1e984"), 1);
    private static final String CLIENT_DATA =
        "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014bd1e3de"
        + "ae63aeebb21694915e4";
    private static final String CLIENT_ALERT = "1703030013c9872760655666b74d7ff1153efd6db6d0b0e3";
    private static final String SERVER_DATA =
        "17030300432e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc602dcb501a59a8fcc49c4bf2e5f0a21c0047c2abf33"
        + "2540dd032e167c2955d";

    private static byte[] counting(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) content[i] = (byte) i;
        return content;
    }

    private static byte[] sealed(RecordSealer sealer, int type, byte[] content) {
        ByteBuffer into = ByteBuffer.allocateDirect(content.length + sealer.overhead());
        sealer.seal(type, TlsRequests.direct(content), into);
        assertEquals(0, into.remaining());
        byte[] record = new byte[into.flip().remaining()];
        into.get(record);
        return record;
    }

    private record Opened(int type, byte[] content) {}

    private static Opened open(RecordOpener opener, byte[] record) throws PairFailed {
        ByteBuffer into = ByteBuffer.allocateDirect(RecordOpener.LONGEST);
        int type = opener.open(TlsRequests.direct(record), into);
        byte[] content = new byte[into.flip().remaining()];
        into.get(content);
        return new Opened(type, content);
    }

    @Test
    void seals_the_published_records() {
        RecordSealer sealer = new RecordSealer(CLIENT);
        assertEquals(CLIENT_DATA, HEX.formatHex(sealed(sealer, 23, counting(50))));
        assertEquals(CLIENT_ALERT, HEX.formatHex(sealed(sealer, 21, new byte[] {1, 0})));
        assertEquals(SERVER_DATA, HEX.formatHex(sealed(new RecordSealer(SERVER), 23, counting(50))));
    }

    @Test
    void opens_the_published_records() throws PairFailed {
        RecordOpener opener = new RecordOpener(CLIENT);
        assertArrayEquals(counting(50), open(opener, HEX.parseHex(CLIENT_DATA)).content());
        Opened alert = open(opener, HEX.parseHex(CLIENT_ALERT));
        assertEquals(21, alert.type());
        assertArrayEquals(new byte[] {1, 0}, alert.content());
        assertEquals(2, opener.sequence());
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(TlsVersion.values())
            .flatMap(version -> Arrays.stream(Cipher.values()).map(cipher -> Arguments.of(version, cipher)));
    }

    private static RecordKeys keys(TlsVersion version, Cipher cipher, Random random, long sequence) {
        byte[] key = new byte[KeySizes.key(cipher)];
        byte[] iv = new byte[version == TlsVersion.TLS_1_3 ? 12 : KeySizes.fixedIv(cipher)];
        random.nextBytes(key);
        random.nextBytes(iv);
        return new RecordKeys(version, cipher, key, iv, sequence);
    }

    /// The protection of a record as the RFCs say it, written for this test alone: nonce and additional data are put together by
    /// ByteBuffers.
    private static byte[] independently(int mode, RecordKeys keys, long sequence, int type, byte[] explicit, byte[] input,
        int contentLength) throws Exception {
        boolean gcm = keys.cipher() != Cipher.CHACHA20_POLY1305;
        ByteBuffer nonce = ByteBuffer.allocate(12);
        if (explicit.length > 0) nonce.put(keys.iv()).put(explicit);
        else {
            nonce.putInt(0).putLong(sequence);
            for (int i = 0; i < 12; i++) nonce.put(i, (byte) (nonce.get(i) ^ keys.iv()[i]));
        }
        boolean tls13 = keys.version() == TlsVersion.TLS_1_3;
        ByteBuffer aad = ByteBuffer.allocate(tls13 ? 5 : 13);
        if (!tls13) aad.putLong(sequence);
        aad.put((byte) (tls13 ? 23 : type)).putShort((short) 0x0303).putShort((short) (tls13 ? contentLength + 1 + 16 : contentLength));
        javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(keys.key(), gcm ? "AES" : "ChaCha20"), gcm ? new GCMParameterSpec(128, nonce.array())
            : new IvParameterSpec(nonce.array()));
        cipher.updateAAD(aad.array());
        return cipher.doFinal(input);
    }

    private static int explicit(RecordKeys keys) {
        return keys.version() == TlsVersion.TLS_1_2 && keys.cipher() != Cipher.CHACHA20_POLY1305 ? 8 : 0;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void seals_what_an_independent_reader_opens(TlsVersion version, Cipher cipher) throws Exception {
        Random random = new Random(3);
        RecordKeys keys = keys(version, cipher, random, Integer.MAX_VALUE);
        RecordSealer sealer = new RecordSealer(keys);
        long sequence = keys.sequence();
        for (int length : new int[] {0, 1, 2, 15, 16, 17, 1000, 16383, 16384}) {
            byte[] content = TlsRequests.payload(length, length);
            byte[] record = sealed(sealer, 23, content);
            byte[] nonce = Arrays.copyOfRange(record, 5, 5 + explicit(keys));
            byte[] body = Arrays.copyOfRange(record, 5 + nonce.length, record.length);
            if (nonce.length > 0) assertEquals(sequence, ByteBuffer.wrap(nonce).getLong());
            byte[] opened = independently(javax.crypto.Cipher.DECRYPT_MODE, keys, sequence, 23, nonce, body, length);
            assertArrayEquals(content, Arrays.copyOf(opened, length));
            if (version == TlsVersion.TLS_1_3) assertEquals(23, opened[length]);
            assertEquals(record.length - 5, ByteBuffer.wrap(record).getShort(3) & 0xffff);
            sequence++;
        }
        assertEquals(sequence, sealer.sequence());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void opens_what_an_independent_writer_sealed(TlsVersion version, Cipher cipher) throws Exception {
        Random random = new Random(4);
        RecordKeys keys = keys(version, cipher, random, 7);
        RecordOpener opener = new RecordOpener(keys);
        for (int length : new int[] {1, 16, 333, 16384}) {
            byte[] content = TlsRequests.payload(length, length);
            boolean tls13 = version == TlsVersion.TLS_1_3;
            byte[] inner = tls13 ? Arrays.copyOf(content, length + 1) : content;
            if (tls13) inner[length] = 22;
            byte[] nonce = new byte[explicit(keys)];
            random.nextBytes(nonce);
            byte[] body = independently(javax.crypto.Cipher.ENCRYPT_MODE, keys, opener.sequence(), 22, nonce, inner, length);
            byte[] record = ByteBuffer.allocate(5 + nonce.length + body.length).put((byte) (tls13 ? 23 : 22)).putShort((short) 0x0303)
                .putShort((short) (nonce.length + body.length)).put(nonce).put(body).array();
            Opened opened = open(opener, record);
            assertEquals(22, opened.type());
            assertArrayEquals(content, opened.content());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_flipped_bit_is_seen(TlsVersion version, Cipher cipher) {
        Random random = new Random(5);
        RecordKeys keys = keys(version, cipher, random, 1);
        byte[] record = sealed(new RecordSealer(keys), 23, TlsRequests.payload(40, 1));
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            RecordOpener opener = new RecordOpener(keys);
            String at = "bit " + bit;
            PairFailed failed = assertThrows(PairFailed.class, () -> open(opener, changed), at);
            assertEquals(AgentCode.RECORD_CORRUPT, failed.code(), at);
            assertEquals(1, opener.sequence(), at);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_record_twice_or_out_of_order_is_seen(TlsVersion version, Cipher cipher) throws PairFailed {
        RecordKeys keys = keys(version, cipher, new Random(6), 1);
        RecordSealer sealer = new RecordSealer(keys);
        byte[] first = sealed(sealer, 23, new byte[] {1});
        byte[] second = sealed(sealer, 23, new byte[] {2});
        RecordOpener opener = new RecordOpener(keys);
        assertThrows(PairFailed.class, () -> open(opener, second));
        open(opener, first);
        assertThrows(PairFailed.class, () -> open(opener, first));
        open(opener, second);
    }

    @Test
    void padding_is_taken_off() throws Exception {
        RecordKeys keys = keys(TlsVersion.TLS_1_3, Cipher.AES_256_GCM, new Random(7), 0);
        byte[] inner = Arrays.copyOf(new byte[] {9, 0, 0, 23}, 4 + 100);
        byte[] body = independently(javax.crypto.Cipher.ENCRYPT_MODE, keys, 0, 23, new byte[0], inner, inner.length - 1);
        byte[] record = ByteBuffer.allocate(5 + body.length).put((byte) 23).putShort((short) 0x0303).putShort((short) body.length).put(body)
            .array();
        assertArrayEquals(new byte[] {9, 0, 0}, open(new RecordOpener(keys), record).content());
    }

    @Test
    void nothing_but_padding_is_refused() throws Exception {
        RecordKeys keys = keys(TlsVersion.TLS_1_3, Cipher.AES_128_GCM, new Random(8), 0);
        byte[] body = independently(javax.crypto.Cipher.ENCRYPT_MODE, keys, 0, 23, new byte[0], new byte[20], 19);
        byte[] record = ByteBuffer.allocate(5 + body.length).put((byte) 23).putShort((short) 0x0303).putShort((short) body.length).put(body)
            .array();
        assertEquals(AgentCode.RECORD_CORRUPT, assertThrows(PairFailed.class, () -> open(new RecordOpener(keys), record)).code());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void numbers_are_never_used_twice(TlsVersion version, Cipher cipher) throws PairFailed {
        RecordKeys keys = keys(version, cipher, new Random(9), -2);
        RecordSealer sealer = new RecordSealer(keys);
        RecordOpener opener = new RecordOpener(keys);
        open(opener, sealed(sealer, 23, new byte[] {1}));
        assertThrows(IllegalStateException.class, () -> sealed(sealer, 23, new byte[] {2}));
        assertEquals(-1, sealer.sequence());
    }

    @Test
    void too_much_content_is_refused() {
        RecordSealer sealer = new RecordSealer(CLIENT);
        assertThrows(IllegalArgumentException.class, () -> sealed(sealer, 23, new byte[RecordSealer.LONGEST + 1]));
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(23, TlsRequests.direct(new byte[10]), ByteBuffer.allocate(10)));
    }
}
