using System.Buffers;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The service document: the entity sets (OData JSON Format 4.01, 5).</summary>
internal static class ServiceDocument
{
    public static ReadOnlyMemory<byte> Write(EntityModel model, Uri serviceRoot, ResponseFormat format)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions);
        json.WriteStartObject();
        if (format.MetadataLevel != MetadataLevel.None)
        {
            json.WriteString(format.ControlPrefix + "context", ContextUrl.Create(serviceRoot, null));
        }

        json.WriteStartArray("value");
        foreach (var set in model.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("title", set.Title.En);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
