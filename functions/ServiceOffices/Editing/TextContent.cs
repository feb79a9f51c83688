using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace ServiceOffices.Editing;

/// <summary>Whether bytes are text in UTF-8 and, where they are not, what they look like.</summary>
internal static class TextContent
{
    /// <summary>The content behind a byte order mark, which says nothing of UTF-8 (RFC 8259, 8.1; Unicode, 23.8).</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;

    /// <summary>What stands there that is no text in UTF-8, and where; null where all is.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return "UTF-16, or no text at all";
        }

        if (bytes.IndexOf((byte)0) is >= 0 and var zero)
        {
            return Byte(bytes, zero, "UTF-16, or no text at all");
        }

        return Utf8.IsValid(bytes) ? null : Byte(bytes, ValidBytes(bytes), "Windows-1252 or Latin-1, perhaps");
    }

    /// <summary>Where a byte stands as an editor shows it: <c>line 2, byte 10</c>, both from 1.</summary>
    public static string Place(ReadOnlySpan<byte> bytes, int at) => string.Create(
        CultureInfo.InvariantCulture, $"line {1 + bytes[..at].Count((byte)'\n')}, byte {at - bytes[..at].LastIndexOf((byte)'\n')}");

    private static string Byte(ReadOnlySpan<byte> bytes, int at, string guess) =>
        string.Create(CultureInfo.InvariantCulture, $"the byte 0x{bytes[at]:X2} in {Place(bytes, at)} ({guess})");

    private static int ValidBytes(ReadOnlySpan<byte> bytes)
    {
        var room = new char[4096];
        var at = 0;
        while (Utf8.ToUtf16(bytes[at..], room, out var read, out _, replaceInvalidSequences: false, isFinalBlock: true)
            == OperationStatus.DestinationTooSmall)
        {
            at += read;
        }

        Utf8.ToUtf16(bytes[at..], room, out var last, out _, replaceInvalidSequences: false, isFinalBlock: true);
        return at + last;
    }
}
