using System.Buffers;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>What stands around the items of a collection (OData JSON Format 4.01, 4.5): context, count, value, nextLink.</summary>
internal static class Envelope
{
    /// <param name="fragment">What the context URL says of the items.</param>
    /// <param name="count">Null where it was not asked for.</param>
    /// <param name="nextLink">Null where nothing follows.</param>
    /// <param name="writeItems">Writes the items as an array.</param>
    /// <param name="deltaLink">Null where changes are not tracked, or more pages follow.</param>
    public static ReadOnlyMemory<byte> Write(ReadRequest read, string fragment, long? count, string? nextLink, Action<ArrayBufferWriter<byte>> writeItems, string? deltaLink = null)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var prefix = read.Format.Prefix;
        using var json = new Utf8JsonWriter(output, JsonValues.Options with { SkipValidation = true });
        json.WriteStartObject();
        if (read.Format.Metadata != MetadataLevel.None)
        {
            json.WriteString(prefix + "context", ContextUrl.Of(read.Request.ServiceRoot, fragment));
        }

        if (count is { } number)
        {
            json.WritePropertyName(prefix + "count");
            JsonValues.Write(json, number, PrimitiveType.Int64, read.Format.Ieee754Compatible);
        }

        json.WritePropertyName("value");
        json.Flush();
        writeItems(output);
        WriteLink(output, json, prefix + "nextLink", nextLink);
        WriteLink(output, json, prefix + "deltaLink", deltaLink);
        output.Write("}"u8);
        return output.WrittenMemory;
    }

    private static void WriteLink(ArrayBufferWriter<byte> output, Utf8JsonWriter json, string name, string? link)
    {
        if (link is null)
        {
            return;
        }

        output.Write(","u8);
        json.Reset();
        json.WriteStringValue(name);
        json.Flush();
        output.Write(":"u8);
        json.Reset();
        json.WriteStringValue(link);
        json.Flush();
    }
}
