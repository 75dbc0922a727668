package dev.bluerig.protocol;

import java.util.List;
import java.util.Optional;

/// Where an end listens, or to whom it connects.
///
/// - `address`: to listen on, or to connect to; `firstPort` to `lastPort`: a server takes the first that is free, a client has one.
/// - `local`: a client connects from it.
/// - `pin`: SHA-256 of the server's certificate, for a client.
public record EndpointSettings(Role role, AddressLiteral address, int firstPort, int lastPort,
                               Optional<AddressLiteral> local, Optional<String> pin) {
    private static final int LAST_PORT = 65535;

    public static EndpointSettings server(AddressLiteral address, int firstPort, int lastPort) {
        return new EndpointSettings(Role.SERVER, address, firstPort, lastPort, Optional.empty(), Optional.empty());
    }

    public static EndpointSettings client(AddressLiteral address, int port, AddressLiteral local, String pin) {
        return new EndpointSettings(Role.CLIENT, address, port, port, Optional.of(local), Optional.of(pin));
    }

    JsonValue.Fields on(JsonValue.Fields line) {
        return line.with("role", role).with("address", address.text()).with("ports", JsonValue.numbers(List.of(firstPort, lastPort)))
            .with("local", local.map(AddressLiteral::text).orElse("")).with("pin", pin.orElse(""));
    }

    static EndpointSettings read(FieldReader fields) {
        Role role = fields.word("role", Role.class);
        boolean client = role == Role.CLIENT;
        AddressLiteral address = fields.address("address");
        String wanted = client ? "the same port twice" : "[first, last] from 1 to " + LAST_PORT;
        List<Integer> ports = fields.numbers("ports", LAST_PORT, wanted, found -> fit(found, client));
        Optional<AddressLiteral> local = fields.perhapsAddress("local");
        fields.demand(client || local.isEmpty(), "`local` is for a client");
        local.ifPresent(own -> fields.demand(own.sameFamily(address), "`local` and `address` are of one family"));
        Optional<String> pin = fields.perhapsPin("pin");
        fields.demand(pin.isPresent() == client, client ? "`pin` is missing: " + FieldReader.PIN_WANTED : "`pin` is for a client");
        int first = ports.isEmpty() ? 0 : ports.getFirst();
        return new EndpointSettings(role, address, first, ports.isEmpty() ? 0 : ports.getLast(), local, pin);
    }

    private static boolean fit(List<Integer> ports, boolean client) {
        if (ports.size() != 2 || ports.getFirst() < 1) return false;
        return client ? ports.getFirst().equals(ports.getLast()) : ports.getFirst() <= ports.getLast();
    }
}
