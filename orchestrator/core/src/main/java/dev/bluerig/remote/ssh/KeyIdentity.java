package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.KeyPair;

/// A key pair read once and shared by all connections.
record KeyIdentity(String name, KeyPair pair) implements Identity {
    @Override
    public boolean setPassphrase(byte[] passphrase) {
        return !pair.isEncrypted();
    }

    @Override
    public byte[] getPublicKeyBlob() {
        return pair.getPublicKeyBlob();
    }

    @Override
    public byte[] getSignature(byte[] data) {
        return pair.getSignature(data);
    }

    @Override
    public byte[] getSignature(byte[] data, String algorithm) {
        return pair.getSignature(data, algorithm);
    }

    @Override
    public String getAlgName() {
        return pair.getKeyTypeString();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isEncrypted() {
        return pair.isEncrypted();
    }

    @Override
    public void clear() {}      // other connections use it too
}
