package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.List;
import java.util.Vector;

/// A fixed list of keys in the shape that JSch asks for.
record OfferedKeys(List<Identity> keys) implements IdentityRepository {
    OfferedKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public String getName() {
        return "bluerig";
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
        return new Vector<>(keys);
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {}
}
