package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.UserAccount;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.session.SessionContext;

/// Gives SFTP and SCP the files of the machine that was reached, seen as the user who logged in.
record SimFiles(MachineDirectory directory) implements FileSystemFactory {
    private UserAccount user(SessionContext session) {
        return directory.of(session).machine().accounts().find(session.getUsername()).map(Accounts.Account::user).orElse(UserAccount.ROOT);
    }

    @Override
    public Path getUserHomeDir(SessionContext session) {
        return createFileSystem(session).getPath(user(session).home());
    }

    @Override
    public FileSystem createFileSystem(SessionContext session) {
        return new SimFileSystem(directory.of(session).machine().files(), user(session));
    }
}
