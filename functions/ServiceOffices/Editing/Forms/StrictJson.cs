using System.Globalization;
using System.Text.Json;

namespace ServiceOffices.Editing.Forms;

/// <summary>
/// Parses JSON from editors strictly: comments, trailing commas and duplicate members are rejected, because parsers treat
/// them differently.
/// </summary>
public static class StrictJson
{
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Parses a document.</summary>
    /// <returns>The document, to be disposed; or a description of the error and its position, which does not repeat content.</returns>
    public static Result<JsonDocument, string> Parse(ReadOnlyMemory<byte> content)
    {
        content = Utf8Content.WithoutByteOrderMark(content);
        try
        {
            return (Utf8Content.FindProblem(content.Span) ?? FindLoneSurrogate(content.Span)) is { } problem ? problem : JsonDocument.Parse(content, Options);
        }
        catch (JsonException e)
        {
            return e.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"an error in line {line + 1}, byte {e.BytePositionInLine + 1}")
                : "a duplicate member";
        }
    }

    // An escape can encode a lone surrogate (RFC 8259, 8.2), which is not a character and cannot be stored or written.
    private static string? FindLoneSurrogate(ReadOnlySpan<byte> content)
    {
        Utf8JsonReader reader = new(content, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && !IsValidString(ref reader))
            {
                return "a lone surrogate in " + Utf8Content.FormatPosition(content, (int)reader.TokenStartIndex);
            }
        }

        return null;
    }

    private static bool IsValidString(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader reports invalid escapes only by an exception.
            return false;
        }
    }
}
