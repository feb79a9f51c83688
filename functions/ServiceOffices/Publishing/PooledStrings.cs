using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.Publishing;

/// <summary>
/// Reads equal strings as one object where they come often: codes, dates, sources, names of properties, opening hours as JSON.
/// For one reader at a time.
/// </summary>
internal sealed class PooledStrings : JsonConverter<string>
{
    private const int MostStrings = 4096;
    private const int MostBytes = 1024;

    private readonly char[] text = new char[MostBytes];
    private readonly Dictionary<string, string> pool = new(StringComparer.Ordinal);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > MostBytes)
        {
            return reader.GetString();
        }

        ReadOnlySpan<char> read = text.AsSpan(0, reader.CopyString(text));
        var lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(read, out var known))
        {
            return known;
        }

        var own = read.ToString();
        if (pool.Count < MostStrings)
        {
            pool.Add(own, own);
        }

        return own;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
