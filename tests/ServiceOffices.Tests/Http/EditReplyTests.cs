using ServiceOffices.Editing;
using ServiceOffices.Http;

namespace ServiceOffices.Tests.Http;

public sealed class EditReplyTests
{
    [Theory]
    [InlineData(EditStatus.Crowded)]
    [InlineData(EditStatus.ImportUnderWay)]
    public void Edit_ThatOthersKeptFromBeingWritten_Is409ForAWhile(EditStatus status)
    {
        var reply = EditReply.Of(new EditResult(status, null), "/register/offices/storuman");

        Assert.Equal(409, reply.Status);
        Assert.Contains("ry again in a few seconds", reply.Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains(reply.Headers, header => header.Name == "Retry-After");
    }
}
