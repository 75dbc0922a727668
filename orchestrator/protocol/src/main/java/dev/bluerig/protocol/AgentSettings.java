package dev.bluerig.protocol;

/// The first line to an agent: what this end is and does.
public record AgentSettings(EndpointSettings endpoint, TlsSettings tls, LoadSettings load, LifetimeSettings lifetime) {
    public Role role() {
        return endpoint.role();
    }

    public boolean sends() {
        return load.direction().sends(role());
    }

    public boolean receives() {
        return load.direction().sends(role().other());
    }

    public String line() {
        return lifetime.on(load.on(tls.on(endpoint.on(JsonValue.fields())))).toString();
    }

    /// Everything that is wrong with them is said at once.
    public static AgentSettings read(JsonValue line) throws MalformedLine {
        if (!(line instanceof JsonValue.Fields object)) throw new MalformedLine("the settings are an object, found " + line);
        var fields = new FieldReader(object);
        var settings = new AgentSettings(EndpointSettings.read(fields), TlsSettings.read(fields),
            LoadSettings.read(fields), LifetimeSettings.read(fields));
        fields.finish();
        return settings;
    }
}
