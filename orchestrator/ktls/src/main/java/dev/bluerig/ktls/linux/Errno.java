package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.SystemFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

/// Numbers and names of errors (asm-generic/errno-base.h, asm-generic/errno.h; 524 is the kernel's own, and kernel TLS lets it out).
final class Errno {
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    static final int ESRCH = 3;
    static final int EINVAL = 22;
    static final int ENOPROTOOPT = 92;
    static final int ECONNABORTED = 103;
    static final int EINPROGRESS = 115;

    private static final Map<Integer, String> NAMES = names("""
        1 EPERM 2 ENOENT 3 ESRCH 4 EINTR 5 EIO 6 ENXIO 7 E2BIG 8 ENOEXEC 9 EBADF 10 ECHILD 11 EAGAIN 12 ENOMEM 13 EACCES 14 EFAULT 15 ENOTBLK 16 EBUSY
        17 EEXIST 18 EXDEV 19 ENODEV 20 ENOTDIR 21 EISDIR 22 EINVAL 23 ENFILE 24 EMFILE 25 ENOTTY 26 ETXTBSY 27 EFBIG 28 ENOSPC 29 ESPIPE 30 EROFS
        31 EMLINK 32 EPIPE 33 EDOM 34 ERANGE 35 EDEADLK 36 ENAMETOOLONG 37 ENOLCK 38 ENOSYS 39 ENOTEMPTY 40 ELOOP 61 ENODATA 62 ETIME 65 ENOPKG
        71 EPROTO 74 EBADMSG 75 EOVERFLOW 77 EBADFD 84 EILSEQ 85 ERESTART 88 ENOTSOCK 89 EDESTADDRREQ 90 EMSGSIZE 91 EPROTOTYPE 92 ENOPROTOOPT
        93 EPROTONOSUPPORT 94 ESOCKTNOSUPPORT 95 EOPNOTSUPP 96 EPFNOSUPPORT 97 EAFNOSUPPORT 98 EADDRINUSE 99 EADDRNOTAVAIL 100 ENETDOWN
        101 ENETUNREACH 102 ENETRESET 103 ECONNABORTED 104 ECONNRESET 105 ENOBUFS 106 EISCONN 107 ENOTCONN 108 ESHUTDOWN 109 ETOOMANYREFS
        110 ETIMEDOUT 111 ECONNREFUSED 112 EHOSTDOWN 113 EHOSTUNREACH 114 EALREADY 115 EINPROGRESS 116 ESTALE 121 EREMOTEIO 122 EDQUOT
        125 ECANCELED 126 ENOKEY 127 EKEYEXPIRED 128 EKEYREVOKED 129 EKEYREJECTED 524 ENOTSUPP""");

    private Errno() {}

    private static Map<Integer, String> names(String text) {
        var names = new HashMap<Integer, String>();
        try (var words = new Scanner(text)) {
            while (words.hasNextInt()) names.put(words.nextInt(), words.next());
        }
        return Map.copyOf(names);
    }

    static String name(long number) {
        return NAMES.getOrDefault((int) number, "errno " + number);
    }

    /// What a call gave, or its failure.
    static long checked(String call, long result) throws SystemFailure {
        if (result < 0) throw new SystemFailure(call, name(-result));
        return result;
    }
}
