using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.ODataHost;

/// <summary>Reads equal strings as one object, for values that are frequent: names of days, services, municipalities.</summary>
internal sealed class InterningStringConverter : JsonConverter<string>
{
    private const int MaxStrings = 4096;
    private const int MaxBytes = 40;

    private readonly Dictionary<string, string> pool = new(StringComparer.Ordinal);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[MaxBytes];
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > MaxBytes)
        {
            return reader.GetString();
        }

        var read = text[..reader.CopyString(text)];
        var lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(read, out var known))
        {
            return known;
        }

        var own = read.ToString();
        if (pool.Count < MaxStrings)
        {
            pool.Add(own, own);
        }

        return own;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
