package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `struct sockaddr_in` 16 bytes; `struct sockaddr_in6` 28: sin6_addr@8, sin6_scope_id@24 (netinet/in.h, printed by a C program on x86-64).
class SocketAddressTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        192.0.2.1,   4433,  0200 1151 c0000201 0000000000000000
        2001:db8::7, 65535, 0a00 ffff 00000000 20010db8000000000000000000000007 00000000
        ::1,         0,     0a00 0000 00000000 00000000000000000000000000000001 00000000
        """)
    void there_and_back(String address, int port, String wanted) throws UnknownHostException {
        var given = new InetSocketAddress(InetAddress.getByName(address), port);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = SocketAddress.in(arena, given);
            assertEquals(wanted.replace(" ", ""), Memory.hex(segment));
            assertEquals(given, SocketAddress.of(segment));
        }
    }

    @Test
    void the_scope_of_a_link_local_address_is_kept() throws UnknownHostException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(28, 8)
                .copyFrom(MemorySegment.ofBuffer(Memory.bytes("0a00 0016 00000000 fe800000000000000000000000000001 03000000")));
            InetSocketAddress address = SocketAddress.of(segment);
            assertEquals(3, ((Inet6Address) address.getAddress()).getScopeId());
            assertEquals(Memory.hex(segment), Memory.hex(SocketAddress.in(arena, address)));
        }
    }
}
