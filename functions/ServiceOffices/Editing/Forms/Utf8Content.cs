using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace ServiceOffices.Editing.Forms;

/// <summary>Checks whether bytes are UTF-8, and guesses the encoding if they are not.</summary>
internal static class Utf8Content
{
    /// <summary>Removes a byte order mark, which has no meaning in UTF-8 (RFC 8259, 8.1; Unicode, 23.8).</summary>
    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;

    /// <summary>Describes the first byte that is not UTF-8 and its position; null if there is none.</summary>
    public static string? FindProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return "a workbook (.xlsx, .ods, .xls) or another archive";
        }

        if (bytes.StartsWith("%PDF-"u8))
        {
            return "a PDF document";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return "UTF-16, or no text at all";
        }

        if (bytes.IndexOf((byte)0) is >= 0 and var zeroIndex)
        {
            return DescribeByte(bytes, zeroIndex, "UTF-16, or no text at all");
        }

        return Utf8.IsValid(bytes) ? null : DescribeByte(bytes, CountValidBytes(bytes), "Windows-1252 or Latin-1, perhaps");
    }

    /// <summary>Formats a position as text editors show it: <c>line 2, byte 10</c>, both from 1.</summary>
    public static string FormatPosition(ReadOnlySpan<byte> bytes, int position) => string.Create(
        CultureInfo.InvariantCulture, $"line {1 + bytes[..position].Count((byte)'\n')}, byte {position - bytes[..position].LastIndexOf((byte)'\n')}");

    private static string DescribeByte(ReadOnlySpan<byte> bytes, int position, string guess) =>
        string.Create(CultureInfo.InvariantCulture, $"the byte 0x{bytes[position]:X2} in {FormatPosition(bytes, position)} ({guess})");

    private static int CountValidBytes(ReadOnlySpan<byte> bytes)
    {
        var buffer = new char[4096];
        var position = 0;
        while (Utf8.ToUtf16(bytes[position..], buffer, out var read, out _, replaceInvalidSequences: false, isFinalBlock: true)
            == OperationStatus.DestinationTooSmall)
        {
            position += read;
        }

        Utf8.ToUtf16(bytes[position..], buffer, out var lastRead, out _, replaceInvalidSequences: false, isFinalBlock: true);
        return position + lastRead;
    }
}
