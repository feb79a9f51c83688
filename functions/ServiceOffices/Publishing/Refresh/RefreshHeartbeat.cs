using System.Globalization;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>
/// Records the last refresh in the storage, for instances that do not refresh: in Azure, timers and HTTP functions run on different
/// instances. The state is the name of an empty file, <c>refreshes/20261201T120000000Z-NothingNew</c>.
/// </summary>
public sealed class RefreshHeartbeat(IPublicationStore publications, TimeProvider time)
{
    /// <summary>The age of the last refresh from which refreshes are overdue; the timer runs once a minute.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    // A refresh without changes writes nothing else, so it is recorded less often than it runs.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(5);

    // Probes can be frequent.
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxReadTime = TimeSpan.FromSeconds(3);

    private const string Folder = "refreshes/";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const char Separator = '-';
    private const string StorageUnavailable = nameof(StorageUnavailable);

    private RefreshState? written;
    private (RefreshState? State, long Timestamp)? lastRead;

    /// <summary>Records a refresh of this process if the last recorded one is older than five minutes or ended differently.</summary>
    internal async Task WriteAsync(RefreshState state, CancellationToken cancellationToken)
    {
        if (state.Result == RefreshResult.Busy || (written is { } last && last.IsFailing == state.IsFailing && state.At - last.At < WriteInterval))
        {
            return;
        }

        try
        {
            var path = $"{Folder}{state.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Separator}{state.Result?.ToString() ?? StorageUnavailable}";
            await publications.WriteAsync(path, ReadOnlyMemory<byte>.Empty, new FileHeaders("text/plain", null), cancellationToken);
            written = state;
            await foreach (var file in publications.ListAsync(Folder, cancellationToken))
            {
                if (string.CompareOrdinal(file.Path, path) < 0)
                {
                    await publications.DeleteAsync(file.Path, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or ConflictException)
        {
            // The next refresh records its state.
        }
    }

    /// <summary>Gets the last refresh that any instance recorded, as read in the last half minute; null if there is none. If the storage does not answer, the one read before.</summary>
    public async Task<RefreshState?> ReadAsync(CancellationToken cancellationToken)
    {
        if (lastRead is not { } read || time.GetElapsedTime(read.Timestamp) >= ReadInterval)
        {
            RefreshState? state;
            try
            {
                state = await FindLastAsync(cancellationToken).WaitAsync(MaxReadTime, time, cancellationToken);
            }
            catch (Exception e) when (e is StorageUnavailableException or TimeoutException)
            {
                state = lastRead?.State;
            }

            read = (state, time.GetTimestamp());
            lastRead = read;
        }

        return read.State;
    }

    private async Task<RefreshState?> FindLastAsync(CancellationToken cancellationToken)
    {
        RefreshState? last = null;
        await foreach (var file in publications.ListAsync(Folder, cancellationToken))
        {
            last = Parse(file.Path[Folder.Length..]) ?? last;
        }

        return last;
    }

    // A later version can record other results.
    private static RefreshState? Parse(string name)
    {
        var separator = name.IndexOf(Separator, StringComparison.Ordinal);
        if (separator < 0 || !DateTimeOffset.TryParseExact(name[..separator], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return null;
        }

        var result = name[(separator + 1)..];
        return result == StorageUnavailable ? new RefreshState(at, null)
            : Enum.TryParse<RefreshResult>(result, out var known) ? new RefreshState(at, known)
            : null;
    }
}
