namespace Frat.WebHost.Tests.Pins;

public sealed class PinRulesTests
{
    [Theory]
    [InlineData("2580", null)]
    [InlineData("730164", null)]
    [InlineData("1223", null)]
    [InlineData("", PinRefusal.NotDigits)]
    [InlineData(null, PinRefusal.NotDigits)]
    [InlineData("258", PinRefusal.NotDigits)]
    [InlineData("2580963", PinRefusal.NotDigits)]
    [InlineData("25a0", PinRefusal.NotDigits)]
    [InlineData("٢٥٨٠", PinRefusal.NotDigits)] // Digits that the keys of a kiosk can't type.
    [InlineData("0000", PinRefusal.TooSimple)]
    [InlineData("999999", PinRefusal.TooSimple)]
    [InlineData("1234", PinRefusal.TooSimple)]
    [InlineData("123456", PinRefusal.TooSimple)]
    [InlineData("7654", PinRefusal.TooSimple)]
    [InlineData("7890", PinRefusal.TooSimple)]
    [InlineData("1212", PinRefusal.TooSimple)]
    [InlineData("474747", PinRefusal.TooSimple)]
    [InlineData("258258", PinRefusal.TooSimple)]
    [InlineData("4711", PinRefusal.InEmployeeId)]
    [InlineData("04711", PinRefusal.InEmployeeId)]
    public void Refuse_Pin_SaysWhy(string? pin, object? refusal) => PinRules.Refuse(pin, "E-04711").ShouldBe((PinRefusal?)refusal);

    [Fact]
    public void Create_Always_MakesOneThatIsTaken()
    {
        var made = Enumerable.Range(0, 2000).Select(_ => PinRules.Create("E-04711")).ToList();

        made.ShouldAllBe(pin => PinRules.Refuse(pin, "E-04711") == null && pin.Length == PinRules.MaxLength);
        made.Distinct().Count().ShouldBeGreaterThan(1900);
    }
}
