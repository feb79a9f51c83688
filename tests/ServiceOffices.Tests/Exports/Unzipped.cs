using System.IO.Compression;
using System.Text;

namespace ServiceOffices.Tests.Exports;

/// <summary>A ZIP archive as one text: each part's name, then its content.</summary>
internal static class ZipDump
{
    public static byte[] Format(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            text.Append("== ").Append(entry.FullName).Append('\n').Append(reader.ReadToEnd().Replace("<row ", "\n<row ", StringComparison.Ordinal)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
