using System.Security.Cryptography;
using System.Text;

namespace ODataEngine.Model;

/// <summary>Creates UUIDs from names: the same namespace and name always give the same UUID.</summary>
public static class NameBasedUuid
{
    /// <summary>Creates a UUID of version 8 (RFC 9562, 5.8) from the SHA-256 hash of the namespace, a space and the name.</summary>
    /// <param name="namespaceName">The application that assigns the names.</param>
    public static Guid Create(string namespaceName, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(namespaceName + " " + name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
