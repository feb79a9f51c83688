using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>RDF 1.1 Turtle: what <see cref="RdfRowWriter"/> says of the rows.</summary>
/// <param name="serviceRoot">Where the rows' OData service is, with a closing slash: absolute, or from the root of wherever the file is read. A request's own goes before it.</param>
public sealed class TurtleFormat(string serviceRoot) : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "ttl";

    public override string MediaType => "text/turtle; charset=utf-8";

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        foreach (var (prefix, iri) in RdfSchemaTerms.Prefixes)
        {
            pipe.Write(Encoding.UTF8.GetBytes($"@prefix {prefix}: <{iri}> .\n"));
        }

        var rowWriter = new RdfRowWriter(new RdfMapping(rows.Table), options.Name, new TurtleStreamWriter(pipe, root));
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            rowWriter.Write(rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }
}
