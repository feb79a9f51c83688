using System.Buffers;
using System.Text;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Batch;

/// <summary>Writes batch responses in multipart/mixed (OData 4.01 Part 1, 11.7.7.5).</summary>
internal static class MultipartBatchWriter
{
    /// <param name="nestsGroups">True to nest the responses to a group that succeeded in a multipart part of their own.</param>
    public static ReadOnlySequence<byte> Write(IReadOnlyList<BatchResponse> responses, string boundary, bool nestsGroups)
    {
        var output = new ChunkedBufferWriter();
        string? groupId = null;
        var groupBoundary = "";
        foreach (var response in responses)
        {
            // The one response to a group that failed is not nested.
            var nextGroupId = nestsGroups && response.Response.Status < 400 ? response.GroupId : null;
            if (nextGroupId != groupId)
            {
                EndGroup(output, groupId, groupBoundary);
                groupId = nextGroupId;
                if (groupId is not null)
                {
                    groupBoundary = $"{boundary}_{groupId}";
                    WriteText(output, $"--{boundary}\r\nContent-Type: multipart/mixed;boundary={groupBoundary}\r\n\r\n");
                }
            }

            WritePart(output, response, groupId is null ? boundary : groupBoundary);
        }

        EndGroup(output, groupId, groupBoundary);
        WriteText(output, $"--{boundary}--\r\n");
        return output.Content;
    }

    private static void EndGroup(ChunkedBufferWriter output, string? groupId, string groupBoundary)
    {
        if (groupId is not null)
        {
            WriteText(output, $"--{groupBoundary}--\r\n");
        }
    }

    private static void WritePart(ChunkedBufferWriter output, BatchResponse item, string boundary)
    {
        WriteText(output, $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (item.Id is not null)
        {
            WriteText(output, $"Content-ID: {item.Id}\r\n");
        }

        WriteText(output, "\r\n");
        HttpMessageWriter.Write(output, item.Response);
        WriteText(output, "\r\n");
    }

    private static void WriteText(ChunkedBufferWriter output, string text) => Encoding.UTF8.GetBytes(text, output);
}
