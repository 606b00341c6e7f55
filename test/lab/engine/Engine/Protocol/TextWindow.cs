// What every window of the lab does alike: 5.1's wording of prompts, choices, warnings and errors, over a printer and a reader.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text.RegularExpressions;

namespace Lab;

public enum AskKind
{
    Line, Secret, Choice, Prompt,
}

/// <summary>How printed text is meant; null colours are the window's own.</summary>
public readonly record struct Tone(ConsoleColor? Foreground, ConsoleColor? Background);

public abstract partial class TextWindow(PSHostRawUserInterface raw) : PSHostUserInterface
{
    private static readonly Tone Plain = new(null, null);
    private static readonly Tone Warning = new(ConsoleColor.Yellow, ConsoleColor.Black);
    private static readonly Tone Failure = new(ConsoleColor.Red, ConsoleColor.Black);

    public override PSHostRawUserInterface RawUI => raw;

    protected abstract void Print(string value, Tone tone);

    /// <summary>Shows the question and reads one answer.</summary>
    protected abstract string Ask(string question, AskKind kind);

    public override void Write(string value) => Print(value, Plain);
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Print(value, new Tone(foregroundColor, backgroundColor));
    public override void WriteLine() => Print("\n", Plain);

    /// <summary>The library's formatter ends its cells with a reset that 5.1 does not know.</summary>
    public override void WriteLine(string value) => Print(value.Replace("\u001b[0m", "", StringComparison.Ordinal) + "\n", Plain);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        Write(foregroundColor, backgroundColor, value);
        WriteLine();
    }

    /// <summary>5.1 indents the two lines below the position.</summary>
    public override void WriteErrorLine(string value) =>
        Print(BelowPosition().Replace(value, "    $0") + "\n", Failure);

    [GeneratedRegex(@"^\+ (?=CategoryInfo|FullyQualifiedErrorId)", RegexOptions.Multiline)]
    private static partial Regex BelowPosition();

    public override void WriteDebugLine(string message) => Print($"DEBUG: {message}\n", Warning);
    public override void WriteVerboseLine(string message) => Print($"VERBOSE: {message}\n", Warning);
    public override void WriteWarningLine(string message) => Print($"WARNING: {message}\n", Warning);
    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override string ReadLine() => Ask("", AskKind.Line);
    public override SecureString ReadLineAsSecureString() => Secrets.Hide(Ask("", AskKind.Secret));

    /// <summary>Read-Host: its prompt and the line are one question.</summary>
    public string ReadLine(string prompt) => Ask(prompt, AskKind.Line);

    public SecureString ReadSecret(string prompt) => Secrets.Hide(Ask(prompt, AskKind.Secret));

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Head(caption, message);
        var result = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            result[field.Name] = new PSObject(Field(field));
        }
        return result;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Head(caption, message);
        var keys = choices.Select(each => Key(each.Label)).ToArray();
        var menu = string.Join("  ", choices.Select((each, index) => $"[{keys[index]}] {each.Label.Replace("&", "")}"));
        var byDefault = defaultChoice >= 0 ? $" (default is \"{keys[defaultChoice]}\")" : "";
        while (true)
        {
            var answer = Ask(string.Join("\n", new[] { caption, message, $"{menu}  [?] Help{byDefault}: " }.Where(each => !string.IsNullOrEmpty(each))), AskKind.Choice).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }
            var chosen = choices.ToList().FindIndex(each => answer.Equals(Key(each.Label), StringComparison.OrdinalIgnoreCase) || answer.Equals(each.Label.Replace("&", ""), StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        Head(caption, message);
        var name = string.IsNullOrEmpty(userName) ? ReadLine("User: ") : userName;
        return new PSCredential(name, ReadSecret($"Password for user {name}: "));
    }

    /// <summary>The lines above a question; a window that asks in one piece shows nothing here.</summary>
    protected virtual void Head(string caption, string message) { }

    private object? Field(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return ReadSecret($"{field.Name}: ");
        }
        if (type == typeof(PSCredential))
        {
            return PromptForCredential("", "", "", "");
        }
        if (!type.IsArray)
        {
            return LanguagePrimitives.ConvertTo(Ask($"{field.Name}: ", AskKind.Prompt), type, null);
        }
        var items = new List<string>();
        while (Ask($"{field.Name}[{items.Count}]: ", AskKind.Prompt) is { Length: > 0 } item)
        {
            items.Add(item);
        }
        return LanguagePrimitives.ConvertTo(items.ToArray(), type, null);
    }

    private static string Key(string label)
    {
        var mark = label.IndexOf('&');
        return mark >= 0 && mark + 1 < label.Length ? label[mark + 1].ToString().ToUpperInvariant() : label;
    }
}
