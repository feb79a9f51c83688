using System.Security.Cryptography;
using System.Text;

namespace ODataEngine.Model;

/// <summary>UUIDs that follow from a name: the same name has the same UUID for ever, in whatever process makes it.</summary>
public static class NameBasedUuid
{
    /// <summary>A UUID of version 8, which is for names made by a hash of one's own choice (RFC 9562, 5.8): here SHA-256.</summary>
    public static Guid Create(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("service-offices " + name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
