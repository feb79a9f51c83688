using System.Buffers;
using System.Text.Json;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Writes JSON objects.</summary>
internal static class JsonObjectWriter
{
    /// <summary>Writes an object in UTF-8.</summary>
    /// <param name="writeMembers">Writes the members of the object.</param>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> writeMembers, JsonWriterOptions options = default)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
