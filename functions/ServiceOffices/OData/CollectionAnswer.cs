using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for a collection of entities, its count or its references.</summary>
internal sealed class CollectionAnswer(ReadRequest read, ValueResource resource)
{
    private readonly Query query = read.Url.Query;

    public ODataResponse Write()
    {
        EntityAnswer.RequireKeys(read, resource.Value);
        var source = read.Compiler.Run(resource.Value);
        var plan = new RowPlan(read.Compiler, source.Table, query);
        var matches = plan.Match(source.Rows(read.Scope), read.Scope);
        if (resource.Form == ValueForm.Count)
        {
            return read.Response(200, "text/plain", Encoding.UTF8.GetBytes(matches.Length.ToString(CultureInfo.InvariantCulture)));
        }

        var (page, nextLink) = Page(plan.Cut(matches));
        if (read.Preferences.OmitNulls)
        {
            read.Preferences.ApplyOmitNulls();
        }

        var output = new ArrayBufferWriter<byte>(64 * 1024);
        WriteEnvelope(output, matches.Length, nextLink, () => WriteRows(output, source.Table, page));
        return read.Response(200, read.Format.ContentType, output.WrittenMemory);
    }

    private (ReadOnlyMemory<int> Rows, string? NextLink) Page(ReadOnlyMemory<int> rows)
    {
        var served = query.SkipToken is null ? 0 : (int)Math.Min(SkipToken.Parse(query.SkipToken).Served, rows.Length);
        var size = read.Options.PageSize;
        if (read.Preferences.MaxPageSize is { } wanted && wanted < size)
        {
            size = wanted;
            read.Preferences.ApplyPageSize(wanted);
        }

        var left = rows[served..];
        return left.Length <= size
            ? (left, null)
            : (left[..size], NextLink(new SkipToken(read.Tables.Revision, served + size)));
    }

    private string NextLink(SkipToken token)
    {
        var kept = read.Request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(option => !Uri.UnescapeDataString(option.Split('=')[0]).TrimStart('$').Equals("skiptoken", StringComparison.OrdinalIgnoreCase));
        var path = string.Join('/', read.Request.Path.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%252F", "%2F", StringComparison.Ordinal)));
        return $"{read.Request.ServiceRoot.AbsoluteUri}{path}?{string.Join('&', kept.Append("$skiptoken=" + token))}";
    }

    private void WriteEnvelope(ArrayBufferWriter<byte> output, long count, string? nextLink, Action writeRows)
    {
        var prefix = read.Format.Prefix;
        var references = resource.Form == ValueForm.Reference;
        using var json = new Utf8JsonWriter(output, JsonValues.Options with { SkipValidation = true });
        json.WriteStartObject();
        if (read.Format.Metadata != MetadataLevel.None)
        {
            var fragment = references ? "Collection($ref)" : resource.Set!.Name + ContextUrl.Selected(query);
            json.WriteString(prefix + "context", ContextUrl.Of(read.Request.ServiceRoot, fragment));
        }

        if (query.Count)
        {
            json.WriteNumber(prefix + "count", count);
        }

        json.WritePropertyName("value");
        json.Flush();
        writeRows();
        if (nextLink is not null)
        {
            output.Write(","u8);
            json.Reset();
            json.WriteStringValue(prefix + "nextLink");
            json.Flush();
            output.Write(":"u8);
            json.Reset();
            json.WriteStringValue(nextLink);
            json.Flush();
        }

        output.Write("}"u8);
    }

    private void WriteRows(ArrayBufferWriter<byte> output, Table table, ReadOnlyMemory<int> page)
    {
        if (resource.Form == ValueForm.Reference)
        {
            WriteReferences(output, table, page.Span);
            return;
        }

        using var rows = new RowWriter(output, read.Format, read.Preferences.OmitNulls, read.Urls, read.Scope);
        rows.WriteArray(new Projection(read.Compiler, table, query), page.Span);
    }

    private void WriteReferences(ArrayBufferWriter<byte> output, Table table, ReadOnlySpan<int> page)
    {
        using var json = new Utf8JsonWriter(output, JsonValues.Options);
        json.WriteStartArray();
        foreach (var row in page)
        {
            json.WriteStartObject();
            json.WriteString(read.Format.Prefix + "id", read.Urls.Of(table, row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
